// SPDX-License-Identifier: Apache-2.0
#include "hist.h"

#include <inttypes.h>

/* Bucket 16·p + s covers (16+s)·2^(p-1) and what follows up to the next one; p = 0 is the exact part. */
unsigned int hist_bucket(uint64_t us)
{
    if (us < HIST_SUB)
        return (unsigned int)us;
    unsigned int power = 63 - (unsigned int)__builtin_clzll(us) - HIST_SUB_BITS;
    unsigned int bucket = (power + 1) * HIST_SUB + (unsigned int)((us >> power) - HIST_SUB);
    return bucket < HIST_BUCKETS ? bucket : HIST_BUCKETS - 1;
}

uint64_t hist_lower_bound(unsigned int bucket)
{
    unsigned int power = bucket / HIST_SUB, sub = bucket % HIST_SUB;
    return power == 0 ? sub : (uint64_t)(HIST_SUB + sub) << (power - 1);
}

void hist_record(struct hist *h, uint64_t us)
{
    __u64 *count = &h->count[hist_bucket(us)];
    __atomic_fetch_add(count, 1, __ATOMIC_RELAXED);
}

void hist_reply(const struct hist *h, struct reply *reply, const char *key)
{
    reply_word(reply, key, "%s", "");
    const char *separator = "";
    for (unsigned int i = 0; i < HIST_BUCKETS; i++) {
        uint64_t count = __atomic_load_n(&h->count[i], __ATOMIC_RELAXED);
        if (!count)
            continue;
        reply_more(reply, "%s%" PRIu64 ":%" PRIu64, separator, hist_lower_bound(i), count);
        separator = ",";
    }
}
