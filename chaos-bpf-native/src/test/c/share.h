// SPDX-License-Identifier: Apache-2.0
/* For tests of faults on a share of packets: is a count what chance allows, and how long are rows of hits? */
#ifndef SHARE_H
#define SHARE_H

#include <stdbool.h>

#define Z99 2.576 /* standard deviations that 99 % are within */

/* spread: how much more the count varies than if each packet was drawn by itself. */
static inline bool within_99(long hits, long n, double share, double spread)
{
    double off = (double)hits - (double)n * share;
    return off * off <= Z99 * Z99 * (double)n * share * (1 - share) * spread;
}

static inline long count_hits(const bool *hit, long n)
{
    long hits = 0;
    for (long i = 0; i < n; i++)
        hits += hit[i];
    return hits;
}

static inline long count_rows(const bool *hit, long n)
{
    long rows = 0;
    for (long i = 0; i < n; i++)
        rows += hit[i] && (i == 0 || !hit[i - 1]);
    return rows;
}

/* Whether rows of hits, whose lengths are geometric, have this mean. */
static inline bool rows_of_99(const bool *hit, long n, double mean)
{
    long rows = count_rows(hit, n);
    double off = (double)count_hits(hit, n) / (double)rows - mean;
    return off * off <= Z99 * Z99 * mean * (mean - 1) / (double)rows;
}

#endif
