// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Which packets go at once, ahead of those that are held. As netem has it: after gap - 1 packets that were held in a
 * row each further one may go at once by chance, until one does.
 */
#ifndef REORDER_BPF_H
#define REORDER_BPF_H

#include "chance.bpf.h"

const volatile __u32 gap; /* 0: all are held; set before loading */

volatile __u64 egress_row, ingress_row; /* so many were held since one went at once */
volatile __u64 overtook;                /* went at once while others were held */

/* Two CPUs at once may both see the end of a row: then two go at once where one was due. */
static __always_inline bool ends_row(volatile __u64 *row, bool egress)
{
    if (*row >= gap - 1 && chance_of(egress)) {
        *row = 0;
        return true;
    }
    __sync_fetch_and_add(row, 1);
    return false;
}

static __always_inline bool goes_at_once(bool egress, __u64 held)
{
    if (!gap || !(egress ? ends_row(&egress_row, true) : ends_row(&ingress_row, false)))
        return false;
    if (held)
        __sync_fetch_and_add(&overtook, 1);
    return true;
}

#endif
