// SPDX-License-Identifier: Apache-2.0
/* The histogram of hist_buckets.h, recorded by some threads while others may read. */
#ifndef HIST_H
#define HIST_H

#include <stdint.h>

#include "hist_buckets.h"
#include "reply.h"

void hist_record(struct hist *h, uint64_t us);

/* Which bucket a value falls into, and the smallest value of a bucket. */
unsigned int hist_bucket(uint64_t us);
uint64_t hist_lower_bound(unsigned int bucket);

/* Add ` key=LOWER_BOUND:COUNT,…` with the buckets that are not empty. */
void hist_reply(const struct hist *h, struct reply *reply, const char *key);

#endif
