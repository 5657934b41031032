// SPDX-License-Identifier: Apache-2.0
/*
 * A log-linear histogram of microseconds: exact below 16, then 16 buckets for each power of two (6 % wide). One thread
 * records, others may read meanwhile.
 */
#ifndef HIST_H
#define HIST_H

#include <stdint.h>

#include "reply.h"

#define HIST_SUB 16
#define HIST_POWERS 24 /* up to 268 s */
#define HIST_BUCKETS (HIST_SUB * HIST_POWERS)

struct hist {
    uint64_t count[HIST_BUCKETS];
};

void hist_record(struct hist *h, uint64_t us);

/* Which bucket a value falls into, and the smallest value of a bucket. */
unsigned int hist_bucket(uint64_t us);
uint64_t hist_lower_bound(unsigned int bucket);

/* Add ` key=LOWER_BOUND:COUNT,…` with the buckets that are not empty. */
void hist_reply(const struct hist *h, struct reply *reply, const char *key);

#endif
