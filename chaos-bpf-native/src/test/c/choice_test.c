// SPDX-License-Identifier: Apache-2.0
#include "choice_options.h"

#include "check.h"

#define CALLS 100000

static struct request request;
static struct failure failure;
static struct chaos_choice choice;

static int parse(const char *keys)
{
    char line[512];
    snprintf(line, sizeof line, "attach %s", keys);
    return request_parse(&request, line, &failure) || choice_options_parse(&request, &choice, &failure);
}

static int taken_of(int calls)
{
    __u64 taken = 0;
    int chosen = 0;
    for (int n = 0; n < calls; n++)
        chosen += choice_takes(&choice, (__u64)n, &taken);
    return chosen;
}

static void takes_every_call_unless_asked_otherwise(void)
{
    CHECK(!parse("id=a"));
    CHECK_EQUAL(taken_of(CALLS), CALLS);
}

static void takes_a_share(void)
{
    CHECK(!parse("probability_ppm=10000 seed=7"));
    CHECK(taken_of(CALLS) > 850 && taken_of(CALLS) < 1150);
}

static void takes_the_same_calls_for_the_same_seed(void)
{
    CHECK(!parse("probability_ppm=500000 seed=7"));
    struct chaos_choice other = choice;
    other.seed = 8;
    __u64 unused = 0;
    int differ = 0, repeat = 0;
    for (uint64_t n = 0; n < 1000; n++) {
        bool first = choice_takes(&choice, n, &unused);
        repeat += first == choice_takes(&choice, n, &unused);
        differ += first != choice_takes(&other, n, &unused);
    }
    CHECK_EQUAL(repeat, 1000);
    CHECK(differ > 400 && differ < 600);
}

static void takes_the_nth_call_alone(void)
{
    CHECK(!parse("after=2 count=1"));
    __u64 taken = 0;
    CHECK(!choice_takes(&choice, 0, &taken) && !choice_takes(&choice, 1, &taken));
    CHECK(choice_takes(&choice, 2, &taken));
    CHECK(!choice_takes(&choice, 3, &taken) && !choice_takes(&choice, 4, &taken));
}

static void takes_no_more_than_count_of_a_share(void)
{
    CHECK(!parse("probability_ppm=100000 count=50 seed=1"));
    CHECK_EQUAL(taken_of(CALLS), 50);
}

static void refuses_what_is_out_of_range(void)
{
    const char *const bad[] = {"probability_ppm=0", "probability_ppm=1000001", "count=0", "after=-1", "seed=x"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CHECK(parse(bad[i]));
        CHECK_TEXT(failure.code, BAD_REQUEST);
    }
}

int main(void)
{
    RUN(takes_every_call_unless_asked_otherwise);
    RUN(takes_a_share);
    RUN(takes_the_same_calls_for_the_same_seed);
    RUN(takes_the_nth_call_alone);
    RUN(takes_no_more_than_count_of_a_share);
    RUN(refuses_what_is_out_of_range);
    return check_summary();
}
