// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Calls that are held: how many now, how many went on early, and how late the others were. */
#ifndef HELD_BPF_H
#define HELD_BPF_H

#include "chaos.bpf.h"
#include "hist.bpf.h"

volatile __u64 held; /* now */
volatile __u64 cut;  /* went on early, because the fault ended */
volatile struct hist delay_hist, error_hist;

static __always_inline void held_note(__u64 start, __u64 until, __u64 now)
{
    if (now < until) {
        __sync_fetch_and_add(&cut, 1);
        return;
    }
    hist_record(&delay_hist, (now - start) / 1000);
    hist_record(&error_hist, (now - until) / 1000);
}

#endif
