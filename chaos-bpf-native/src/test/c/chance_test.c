// SPDX-License-Identifier: Apache-2.0
/* The chain that chooses packets: it keeps the share, whatever the correlation or the bursts. */
#include "chance_options.h"

#include "check.h"
#include "share.h"

#define PACKETS 200000

static struct request request;
static struct failure failure;
static struct chance chance;
static bool hit[PACKETS];

static int parse(const char *keys)
{
    char line[256];
    snprintf(line, sizeof line, "attach %s", keys);
    failure.msg[0] = 0;
    return request_parse(&request, line, &failure) || chance_bursts_parse(&request, 42, &chance, &failure) ||
           request_refuse_unknown(&request, &failure);
}

static void draw(const char *keys)
{
    struct chance_state state = {0};
    CHECK(!parse(keys));
    for (long i = 0; i < PACKETS; i++)
        hit[i] = chance_hits(&chance, chance.seed, &state);
    CHECK_EQUAL(state.drawn, PACKETS);
}

static void draws_each_packet_by_itself(void)
{
    draw("probability_ppm=100000");
    CHECK(within_99(count_hits(hit, PACKETS), PACKETS, 0.1, 1));
    CHECK(rows_of_99(hit, PACKETS, 1 / 0.9));
}

static void keeps_the_share_with_any_correlation(void)
{
    static const double correlations[] = {0.25, 0.5, 0.9};
    char keys[64];
    for (int i = 0; i < 3; i++) {
        double c = correlations[i];
        snprintf(keys, sizeof keys, "probability_ppm=100000 correlation=%.0f", c * 100);
        draw(keys);
        CHECK(within_99(count_hits(hit, PACKETS), PACKETS, 0.1, (1 + c) / (1 - c)));
        CHECK(rows_of_99(hit, PACKETS, 1 / (0.9 * (1 - c))));
    }
}

static void hits_all_or_hardly_any(void)
{
    draw("");
    CHECK_EQUAL(count_hits(hit, PACKETS), PACKETS);
    draw("probability_ppm=1000000 correlation=50");
    CHECK_EQUAL(count_hits(hit, PACKETS), PACKETS);
    draw("probability_ppm=10");
    CHECK(count_hits(hit, PACKETS) <= 8);
}

/* In the bad state all are hit, so that a burst is a row of hits. */
static void a_burst_is_as_long_as_asked(void)
{
    draw("probability_ppm=50000 burst=20");
    CHECK(within_99(count_hits(hit, PACKETS), PACKETS, 0.05, 39));
    CHECK(rows_of_99(hit, PACKETS, 20));
}

/* What of the hits is caused by bursts varies as they do; share.h's spread is that of dev.chaosjunit.fault.Bursts. */
static void a_burst_may_spare_some_and_the_rest_lose_some(void)
{
    draw("probability_ppm=50000 burst=20 burst_ppm=500000 quiet_ppm=10000");
    double bad = 0.04 / 0.49, follows = 1 - 0.05 - 0.05 * bad / (1 - bad);
    double caused = 0.49 * 0.49 * bad * (1 - bad) / (0.05 * 0.95);
    CHECK(within_99(count_hits(hit, PACKETS), PACKETS, 0.05, 1 + 2 * caused * follows / (1 - follows)));
    CHECK(count_rows(hit, PACKETS) > PACKETS * 0.01);
    CHECK(count_rows(hit, PACKETS) < count_hits(hit, PACKETS) * 2 / 3);
}

/* It does not begin with a good state every time, or few packets would be hit less often. */
static void a_short_sequence_keeps_the_share(void)
{
    long hits = 0;
    CHECK(!parse("probability_ppm=200000 burst=50"));
    for (uint64_t seed = 0; seed < 20000; seed++) {
        struct chance_state state = {0};
        hits += chance_hits(&chance, random_mix(seed), &state);
    }
    CHECK(within_99(hits, 20000, 0.2, 1));
}

static void a_seed_hits_the_same_packets(void)
{
    static bool before[PACKETS];
    draw("probability_ppm=100000 correlation=25");
    memcpy(before, hit, sizeof hit);
    draw("probability_ppm=100000 correlation=25");
    CHECK(!memcmp(before, hit, sizeof hit));
    chance.seed++;
    struct chance_state state = {0};
    long same = 0;
    for (long i = 0; i < PACKETS; i++)
        same += chance_hits(&chance, chance.seed, &state) == before[i];
    CHECK(same < PACKETS * 9 / 10);
}

static void refuse(const char *keys, const char *reason)
{
    CHECK(parse(keys));
    CHECK_TEXT(failure.code, BAD_REQUEST);
    CHECK_CONTAINS(failure.msg, reason);
}

static void says_what_is_wrong(void)
{
    refuse("probability_ppm=0", "from 1 to 1000000");
    refuse("probability_ppm=1000001", "from 1 to 1000000");
    refuse("correlation=100", "correlation=100: expected a percentage from 0 to less than 100");
    refuse("correlation=x", "correlation=x: expected a percentage");
    refuse("probability_ppm=1000 burst=0", "burst=0: expected a whole number from 1 to 100000");
    refuse("burst=2", "probability_ppm is required with burst");
    refuse("probability_ppm=1000 burst=20 correlation=5", "expected one of them");
    refuse("probability_ppm=500000 burst=20 burst_ppm=500000", "burst_ppm=500000: expected a whole number from 500001");
    refuse("probability_ppm=1000 burst=20 quiet_ppm=1000", "quiet_ppm=1000: expected a whole number from 0 to 999");
    refuse("probability_ppm=800000 burst=3", "burst=3: too short for the share: 80.0 packets of 100");
    refuse("probability_ppm=1000 quiet_ppm=1", "unknown key quiet_ppm");
}

int main(void)
{
    RUN(draws_each_packet_by_itself);
    RUN(keeps_the_share_with_any_correlation);
    RUN(hits_all_or_hardly_any);
    RUN(a_burst_is_as_long_as_asked);
    RUN(a_burst_may_spare_some_and_the_rest_lose_some);
    RUN(a_short_sequence_keeps_the_share);
    RUN(a_seed_hits_the_same_packets);
    RUN(says_what_is_wrong);
    return check_summary();
}
