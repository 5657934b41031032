// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Which of the calls that match are faulted: the n-th ones, some at random, at most so many. The same in BPF programs
 * and in C, so that the same seed chooses the same calls whatever the mechanism.
 */
#ifndef CHOICE_H
#define CHOICE_H

#include <linux/types.h>
#include <stdbool.h>

#include "random.h"

#define CHOICE_ALWAYS 1000000 /* probability is in millionths */

struct chaos_choice {
    __u64 seed;
    __u64 after; /* so many calls pass before the first can be faulted */
    __u64 count; /* at most so many are faulted; 0 = any number */
    __u32 probability_ppm;
    __u32 reserved;
};

/* Whether matching call n (the first is 0) is faulted. *taken: how many were so far; starts at 0. */
static inline __attribute__((always_inline)) bool choice_takes(const volatile struct chaos_choice *choice, __u64 n,
                                                               volatile __u64 *taken)
{
    if (n < choice->after)
        return false;
    if (choice->probability_ppm < CHOICE_ALWAYS &&
        random_at(choice->seed, n) % CHOICE_ALWAYS >= choice->probability_ppm)
        return false;
    return !choice->count || __sync_fetch_and_add(taken, 1) < choice->count;
}

/* How long call n is held: uniform over latency ± jitter. */
static inline __attribute__((always_inline)) __u64 choice_latency_ns(const volatile struct chaos_choice *choice,
                                                                     __u64 n, __u64 latency_ns, __u64 jitter_ns)
{
    return latency_ns - jitter_ns + random_at(~choice->seed, n) % (2 * jitter_ns + 1);
}

#endif
