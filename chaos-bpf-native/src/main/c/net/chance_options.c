// SPDX-License-Identifier: Apache-2.0
#include "chance_options.h"

#include "jitter.h"

#define MILLION 1000000u
#define LONGEST_BURST 100000

static uint64_t of_one(double probability)
{
    return (uint64_t)(probability * (double)CHANCE_ONE + 0.5);
}

/*
 * P(hit | hit) = p + c(1-p), P(hit | not) = p(1-c): one hit after the other correlates by c, n and n+k by c^k, and the
 * share stays p. (netem's own correlation changes the share: with 10 % and 50 % it loses less than 1 %.)
 */
static struct chance correlated(uint64_t seed, double p, double c)
{
    return (struct chance){
        .seed = seed,
        .begins_bad = of_one(p),
        .turns_bad = of_one(p * (1 - c)),
        .turns_good = of_one((1 - p) * (1 - c)),
        .hits_bad = CHANCE_ONE,
    };
}

int chance_options_parse(struct request *request, uint64_t seed, struct chance *chance, struct failure *f)
{
    uint64_t share = MILLION;
    uint32_t correlation = 0;
    const char *text = request_get(request, "correlation");
    if (request_number(request, "probability_ppm", 1, MILLION, &share, f))
        return -1;
    if (text && (!parse_correlation(text, &correlation) || correlation == CORRELATION_ONE))
        return fail(f, BAD_REQUEST, 0,
                    "correlation=%.40s: expected a percentage from 0 to less than 100 with at most four decimals",
                    text);
    *chance = correlated(seed, share / (double)MILLION, correlation / (double)CORRELATION_ONE);
    return 0;
}

/*
 * Gilbert-Elliott: a burst is as many packets as the bad state lasts, 1/r on average, where r is the probability to
 * turn good. The share of bad ones that makes up the share of hits, b = (share - quiet) / (burst - quiet), is p / (p +
 * r), which gives the probability p to turn bad.
 */
static int in_bursts(uint64_t seed, double share, double length, double burst, double quiet, struct chance *chance,
                     struct failure *f)
{
    double bad = (share - quiet) / (burst - quiet), turns_good = 1 / length, turns_bad = turns_good * bad / (1 - bad);
    if (turns_bad > 1)
        return fail(f, BAD_REQUEST, 0,
                    "burst=%.0f: too short for the share: %.1f packets of 100 would be in bursts, and less than one "
                    "between two of these",
                    length, bad * 100);
    *chance = (struct chance){
        .seed = seed,
        .begins_bad = of_one(bad),
        .turns_bad = of_one(turns_bad),
        .turns_good = of_one(turns_good),
        .hits_bad = of_one(burst),
        .hits_good = of_one(quiet),
    };
    return 0;
}

int chance_bursts_parse(struct request *request, uint64_t seed, struct chance *chance, struct failure *f)
{
    uint64_t length = 0, share = MILLION, burst = MILLION, quiet = 0;
    if (!request_get(request, "burst"))
        return chance_options_parse(request, seed, chance, f);
    if (request_get(request, "correlation"))
        return fail(f, BAD_REQUEST, 0, "burst and correlation: expected one of them, as each says how long hits last");
    if (!request_get(request, "probability_ppm"))
        return fail(f, BAD_REQUEST, 0, "probability_ppm is required with burst");
    if (request_number(request, "burst", 1, LONGEST_BURST, &length, f) ||
        request_number(request, "probability_ppm", 1, MILLION - 1, &share, f) ||
        request_number(request, "burst_ppm", share + 1, MILLION, &burst, f) ||
        request_number(request, "quiet_ppm", 0, share - 1, &quiet, f))
        return -1;
    return in_bursts(seed, share / (double)MILLION, (double)length, burst / (double)MILLION, quiet / (double)MILLION,
                     chance, f);
}
