// SPDX-License-Identifier: Apache-2.0
#include "jitter.h"

#include <ctype.h>

/* SplitMix64: any seed is a good one, and the same seed gives the same delays. */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = (*state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/* 0..bound-1; the bias of the multiplication is below 2^-28 for bounds up to 2^36 ns (a minute). */
static uint64_t below(uint64_t *state, uint64_t bound)
{
    return (uint64_t)(((unsigned __int128)next_random(state) * bound) >> 64);
}

uint64_t jitter_next_ns(struct jitter *j)
{
    if (j->spread_ns == 0)
        return j->latency_ns;
    if (j->drawn && below(&j->random, CORRELATION_ONE) < j->correlation)
        return j->last_ns;
    j->drawn = true;
    j->last_ns = j->latency_ns - j->spread_ns + below(&j->random, 2 * j->spread_ns + 1);
    return j->last_ns;
}

/* By hand: strtod() follows the locale that a JVM sets, where the point may be a comma. */
bool parse_correlation(const char *text, uint32_t *out)
{
    uint32_t value = 0, unit = CORRELATION_ONE / 100;
    if (!isdigit((unsigned char)*text))
        return false;
    for (; isdigit((unsigned char)*text); text++) {
        value = value * 10 + (uint32_t)(*text - '0');
        if (value > 100)
            return false;
    }
    value *= unit;
    if (*text == '.') {
        if (!isdigit((unsigned char)*++text))
            return false;
        for (; isdigit((unsigned char)*text) && unit >= 10; text++) {
            unit /= 10;
            value += (uint32_t)(*text - '0') * unit;
        }
    }
    if (*text || value > CORRELATION_ONE)
        return false;
    *out = value;
    return true;
}
