// SPDX-License-Identifier: Apache-2.0
#include "jitter.h"

#include "check.h"

#define LATENCY 100000
#define SPREAD 20000
#define DRAWS 100000

struct moments {
    double mean, variance, correlation;
    uint64_t min, max;
};

/* Correlation: of neighbours, over the variance. */
static struct moments measure(uint32_t correlation, uint64_t seed)
{
    static double x[DRAWS];
    struct jitter j = {.latency_ns = LATENCY, .spread_ns = SPREAD, .correlation = correlation, .random = seed};
    struct moments m = {.min = UINT64_MAX};
    double product = 0;
    for (int i = 0; i < DRAWS; i++) {
        uint64_t ns = jitter_next_ns(&j);
        m.min = ns < m.min ? ns : m.min;
        m.max = ns > m.max ? ns : m.max;
        x[i] = (double)ns - LATENCY;
        m.mean += x[i] / DRAWS;
    }
    for (int i = 0; i < DRAWS; i++)
        m.variance += (x[i] - m.mean) * (x[i] - m.mean) / DRAWS;
    for (int i = 1; i < DRAWS; i++)
        product += (x[i] - m.mean) * (x[i - 1] - m.mean) / (DRAWS - 1);
    m.correlation = m.variance > 0 ? product / m.variance : 1;
    return m;
}

static int near(double actual, double expected, double tolerance)
{
    return actual > expected - tolerance && actual < expected + tolerance;
}

static void without_jitter_the_delay_is_constant(void)
{
    struct jitter j = {.latency_ns = LATENCY, .correlation = 500000};
    for (int i = 0; i < 10; i++)
        CHECK_EQUAL(jitter_next_ns(&j), LATENCY);
}

static void stays_within_the_spread_and_fills_it(void)
{
    struct moments m = measure(0, 1);
    CHECK(m.min >= LATENCY - SPREAD && m.min < LATENCY - SPREAD + 100);
    CHECK(m.max <= LATENCY + SPREAD && m.max > LATENCY + SPREAD - 100);
    CHECK(near(m.mean, 0, 200));
    CHECK(near(m.variance, (double)SPREAD * SPREAD / 3, (double)SPREAD * SPREAD / 100));
    CHECK(near(m.correlation, 0, 0.02));
}

static void correlation_keeps_the_spread(void)
{
    struct moments m = measure(700000, 2);
    CHECK(near(m.correlation, 0.7, 0.02));
    CHECK(near(m.variance, (double)SPREAD * SPREAD / 3, (double)SPREAD * SPREAD / 50));
}

static void full_correlation_is_one_constant_draw(void)
{
    struct moments m = measure(CORRELATION_ONE, 3);
    CHECK_EQUAL(m.min, m.max);
    CHECK(m.min >= LATENCY - SPREAD && m.max <= LATENCY + SPREAD);
}

static void the_seed_decides(void)
{
    struct jitter a = {.latency_ns = LATENCY, .spread_ns = SPREAD, .random = 7}, b = a, c = a;
    c.random = 8;
    int same = 0;
    for (int i = 0; i < 100; i++) {
        uint64_t ns = jitter_next_ns(&a);
        CHECK_EQUAL(ns, jitter_next_ns(&b));
        same += ns == jitter_next_ns(&c);
    }
    CHECK(same < 5);
}

static void jitter_as_large_as_the_latency_never_goes_below_zero(void)
{
    struct jitter j = {.latency_ns = 1000, .spread_ns = 1000, .random = 9};
    for (int i = 0; i < 10000; i++)
        CHECK(jitter_next_ns(&j) <= 2000);
}

static void reads_percentages(void)
{
    uint32_t value;
    CHECK(parse_correlation("0", &value) && value == 0);
    CHECK(parse_correlation("100", &value) && value == CORRELATION_ONE);
    CHECK(parse_correlation("100.0", &value) && value == CORRELATION_ONE);
    CHECK(parse_correlation("12.5", &value) && value == 125000);
    CHECK(parse_correlation("0.0001", &value) && value == 1);
    const char *bad[] = {"", "-1", "101", "100.0001", "0.00001", ".5", "5.", "5,5", "50%", "1e1", "99999999999"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(!parse_correlation(bad[i], &value));
}

int main(void)
{
    RUN(without_jitter_the_delay_is_constant);
    RUN(stays_within_the_spread_and_fills_it);
    RUN(correlation_keeps_the_spread);
    RUN(full_correlation_is_one_constant_draw);
    RUN(the_seed_decides);
    RUN(jitter_as_large_as_the_latency_never_goes_below_zero);
    RUN(reads_percentages);
    return check_summary();
}
