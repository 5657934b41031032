// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* What programs on a device's tcx hooks share. */
#ifndef TCX_BPF_H
#define TCX_BPF_H

#include "chaos.bpf.h"

#define TCX_NEXT (-1) /* so that the next program on the hook runs too */
#define TCX_DROP 2

/* Is there anything to do for this packet? Cheap: it is all that an attached but idle fault costs. */
static __always_inline bool chaos_idle(const struct __sk_buff *skb)
{
    if (control.mode == CHAOS_PASS || skb->mark == CHAOS_MARK)
        return true;
    return control.mode == CHAOS_LIFTED && control.first_clean_ns;
}

/*
 * Make a packet vanish at egress without the sender noticing: a redirect to a device that does not exist frees it and
 * reports success. TCX_DROP would be seen by the local socket (ENOBUFS, or an instant retransmission by TCP).
 */
static __always_inline int chaos_drop_silently(void)
{
    return bpf_redirect(0, 0);
}

#endif
