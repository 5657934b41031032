// SPDX-License-Identifier: Apache-2.0
#include "hist.h"

#include "check.h"

static void small_values_are_exact(void)
{
    for (uint64_t us = 0; us < 32; us++)
        CHECK_EQUAL(hist_lower_bound(hist_bucket(us)), us);
}

static void every_bucket_starts_where_the_one_before_ends(void)
{
    for (unsigned int i = 1; i < HIST_BUCKETS; i++) {
        uint64_t bound = hist_lower_bound(i);
        CHECK_EQUAL(hist_bucket(bound), i);
        CHECK_EQUAL(hist_bucket(bound - 1), i - 1);
    }
}

static void a_bucket_is_at_most_a_sixteenth_wide(void)
{
    for (unsigned int i = HIST_SUB; i < HIST_BUCKETS - 1; i++)
        CHECK((hist_lower_bound(i + 1) - hist_lower_bound(i)) * 16 <= hist_lower_bound(i));
}

static void the_longest_delay_has_a_bucket_and_more_lands_in_the_last(void)
{
    CHECK(hist_bucket(120000000) < HIST_BUCKETS - 1);
    CHECK_EQUAL(hist_bucket(UINT64_MAX), HIST_BUCKETS - 1);
}

static void replies_with_the_buckets_that_are_not_empty(void)
{
    static struct hist h;
    char text[128];
    struct reply reply;
    reply_ok(&reply, text, sizeof text);
    hist_reply(&h, &reply, "none");
    hist_record(&h, 3);
    hist_record(&h, 100);
    hist_record(&h, 103);
    hist_record(&h, 104);
    hist_reply(&h, &reply, "some");
    CHECK_TEXT(text, "ok none= some=3:1,100:2,104:1");
}

int main(void)
{
    RUN(small_values_are_exact);
    RUN(every_bucket_starts_where_the_one_before_ends);
    RUN(a_bucket_is_at_most_a_sixteenth_wide);
    RUN(the_longest_delay_has_a_bucket_and_more_lands_in_the_last);
    RUN(replies_with_the_buckets_that_are_not_empty);
    return check_summary();
}
