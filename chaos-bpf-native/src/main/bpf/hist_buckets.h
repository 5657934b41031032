// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * A log-linear histogram of microseconds: exact below 16, then 16 buckets for each power of two (6 % wide). BPF
 * programs record into it by hist.bpf.h, C code by hist.h.
 */
#ifndef HIST_BUCKETS_H
#define HIST_BUCKETS_H

#include <linux/types.h>

#define HIST_SUB_BITS 4
#define HIST_SUB (1 << HIST_SUB_BITS)
#define HIST_POWERS 24 /* up to 268 s */
#define HIST_BUCKETS (HIST_SUB * HIST_POWERS)

struct hist {
    __u64 count[HIST_BUCKETS];
};

#endif
