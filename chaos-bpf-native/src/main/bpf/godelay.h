// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* How long godelay.bpf.c and goyield.bpf.c hold a call. */
#ifndef GODELAY_H
#define GODELAY_H

#include <linux/types.h>

/*
 * For so long, with jitter, a call may be held by spinning: as long a program runs, all of the machine wait that end a
 * probe, as the kernel does so once none runs.
 */
#define GODELAY_MAX_SPIN_NS 1000000000ULL

struct godelay_options {
    __u64 latency_ns;
    __u64 jitter_ns;       /* at most latency_ns */
    __u64 growth, gosched; /* goyield: addresses in the process */
    __u64 processors;      /* of the Go program, which spinning keeps */
};

#endif
