// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014): any seed is a good one,
 * and the same in BPF programs and in C.
 */
#ifndef RANDOM_H
#define RANDOM_H

#include <linux/types.h>

#define RANDOM_STEP 0x9e3779b97f4a7c15ULL

static inline __attribute__((always_inline)) __u64 random_mix(__u64 z)
{
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

/* The n-th output after a seed, from 0. */
static inline __attribute__((always_inline)) __u64 random_at(__u64 seed, __u64 n)
{
    return random_mix(seed + (n + 1) * RANDOM_STEP);
}

/* The next output, of a state that a seed begins. */
static inline __attribute__((always_inline)) __u64 random_next(__u64 *state)
{
    return random_mix(*state += RANDOM_STEP);
}

#endif
