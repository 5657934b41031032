// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Holding a thread by spinning in the kernel, turn by turn. */
#ifndef SPIN_BPF_H
#define SPIN_BPF_H

#include "held.bpf.h"

#define SPIN_TURNS (1 << 20) /* of one bpf_loop; 2^16 times that many are more than a minute */

struct spin {
    __u64 until;
    __u64 stack; /* of the thread, for spin_ends() */
    bool over;
};

/* Whether it ends before its time: whoever spins says so, and may give others the CPU meanwhile. */
static __always_inline bool spin_ends(const struct spin *spin, __u64 now);

static long spin_turn(__u32 unused, struct spin *spin)
{
    (void)unused;
    __u64 now = bpf_ktime_get_ns();
    spin->over = now >= spin->until || spin_ends(spin, now);
    return spin->over;
}

static long spin_turns(__u32 unused, struct spin *spin)
{
    (void)unused;
    bpf_loop(SPIN_TURNS, spin_turn, spin, 0);
    return spin->over;
}

/* Returns when it is over. */
static __always_inline __u64 spin_until(struct spin *spin)
{
    bpf_loop(1 << 16, spin_turns, spin, 0);
    return bpf_ktime_get_ns();
}

#endif
