// SPDX-License-Identifier: Apache-2.0
/*
 * When a packet may go on over a link of some rate: a token bucket, as tc's tbf has it, but for departure times that
 * are computed once. Counted are IP bytes as they are on the wire, those of a super-packet with the headers of all its
 * parts.
 */
#ifndef SHAPER_H
#define SHAPER_H

#include <stdint.h>

#include "delay.h"

struct shaper {
    uint64_t bits_per_second; /* 0: any rate */
    uint64_t buffer;          /* bytes that may go at once after a rest */
    uint64_t empty_ns;        /* when the bucket was empty, or will be */
};

/* Not before wanted_ns. In the order in which packets leave. */
uint64_t shaper_departure_ns(struct shaper *shaper, const struct delay_record *record, uint64_t wanted_ns);

uint32_t shaper_wire_bytes(const struct delay_record *record);

#endif
