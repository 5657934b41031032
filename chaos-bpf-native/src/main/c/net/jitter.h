// SPDX-License-Identifier: Apache-2.0
/*
 * How long the next packet is held: latency plus a draw from the uniform distribution over ±jitter.
 *
 * Correlation c: with probability c a packet takes the draw of the packet before it, otherwise a fresh one. The draws
 * stay uniform over the whole of ±jitter whatever c is, and the correlation of packets n and n+k is c^k, as in an AR(1)
 * process. (netem blends old and new draw instead, x = c·old + (1-c)·new, which shrinks the spread.) c = 1 means one
 * constant draw.
 */
#ifndef JITTER_H
#define JITTER_H

#include <linux/types.h>
#include <stdbool.h>
#include <stdint.h>

#define CORRELATION_ONE 1000000u /* correlation is in millionths: 50% = 500000 */

struct jitter {
    uint64_t latency_ns;
    uint64_t spread_ns; /* at most latency_ns */
    uint32_t correlation;
    __u64 random; /* state of the generator; the seed at first */
    bool drawn;
    uint64_t last_ns;
};

/* Within latency - spread .. latency + spread. */
uint64_t jitter_next_ns(struct jitter *j);

/* A percentage from "0" to "100" with up to four decimals, as millionths. */
bool parse_correlation(const char *text, uint32_t *out);

#endif
