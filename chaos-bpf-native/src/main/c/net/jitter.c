// SPDX-License-Identifier: Apache-2.0
#include "jitter.h"

#include <ctype.h>

#include "random.h"

/* 0..bound-1; the bias of the multiplication is below 2^-28 for bounds up to 2^36 ns (a minute). */
static uint64_t below(__u64 *state, uint64_t bound)
{
    return (uint64_t)(((unsigned __int128)random_next(state) * bound) >> 64);
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
