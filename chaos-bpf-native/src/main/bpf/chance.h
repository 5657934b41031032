// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Which packets of a share are hit: a Markov chain of two states, drawn packet by packet. The same in BPF programs and
 * in C, so that a seed hits the same packets of the same sequence.
 *
 * It is the channel of E. N. Gilbert (Bell Syst. Tech. J. 39, 1960) and E. O. Elliott (ibid. 42, 1963): in its bad
 * state packets are hit with one probability, in its good state with another. Correlated single hits are the case 1 and
 * 0. chance_options.c says how shares, correlations and bursts become such a chain.
 */
#ifndef CHANCE_H
#define CHANCE_H

#include <linux/types.h>
#include <stdbool.h>

#include "random.h"

#define CHANCE_ONE (1ULL << 32) /* a probability of 1 */

struct chance {
    __u64 seed;
    __u64 begins_bad; /* as often as it is bad in the long run, so that a short sequence keeps the share too */
    __u64 turns_bad, turns_good; /* before a packet, from the other state */
    __u64 hits_bad, hits_good;
};

/* Of one sequence of packets; zero at first. */
struct chance_state {
    __u64 drawn; /* packets so far */
    __u64 bad;
};

/*
 * Whether the next packet is hit. Two CPUs at once may both start from the same state, which changes how hits follow
 * each other, but not their share.
 */
static inline __attribute__((always_inline)) bool chance_hits(const volatile struct chance *chance, __u64 seed,
                                                              volatile struct chance_state *state)
{
    __u64 n = __sync_fetch_and_add(&state->drawn, 1);
    __u64 random = random_at(seed, n), turn = random >> 32, hit = random & (CHANCE_ONE - 1);
    bool bad = state->bad;
    if (n == 0)
        bad = turn < chance->begins_bad;
    else
        bad = bad ? turn >= chance->turns_good : turn < chance->turns_bad;
    state->bad = bad;
    return hit < (bad ? chance->hits_bad : chance->hits_good);
}

#endif
