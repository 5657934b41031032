// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Recording into the histogram of hist.h, from any number of CPUs. */
#ifndef HIST_BPF_H
#define HIST_BPF_H

#include <linux/types.h>

#include "hist_buckets.h"

static __always_inline __u32 hist_log2(__u64 v)
{
    __u32 log = 0;
    for (__u32 step = 32; step; step >>= 1)
        if (v >> step) {
            v >>= step;
            log += step;
        }
    return log;
}

static __always_inline void hist_record(volatile struct hist *h, __u64 us)
{
    __u32 bucket = (__u32)us;
    if (us >= HIST_SUB) {
        __u32 power = hist_log2(us) - HIST_SUB_BITS; /* of the width of its bucket */
        bucket = (power + 1) * HIST_SUB + (__u32)((us >> power) - HIST_SUB);
    }
    if (bucket >= HIST_BUCKETS)
        bucket = HIST_BUCKETS - 1;
    __sync_fetch_and_add(&h->count[bucket], 1);
}

#endif
