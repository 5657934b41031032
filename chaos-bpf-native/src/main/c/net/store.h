// SPDX-License-Identifier: Apache-2.0
/*
 * Held packets for which a ring buffer has no room: copies in the order in which they came, in memory that grows with
 * what is held and shrinks once nothing is.
 */
#ifndef STORE_H
#define STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "delay.h"

struct store_chunk;

struct store {
    uint64_t limit; /* bytes of packets */
    bool named;     /* whoever asked for it named the limit: it does not count against that of all (held_memory.h) */
    uint64_t held;
    struct store_chunk *oldest;  /* of those that may still be looked at */
    struct store_chunk *reading; /* the one that has the first packet, or will have it */
    struct store_chunk *last;
    size_t read; /* of the chunk that is read */
    struct store_chunk *spare;
};

/* False when there is no room, or no memory. */
bool store_put(struct store *store, const struct delay_record *record);

/* NULL: nothing is held. */
const struct delay_record *store_first(struct store *store);

/* Go on to the next; what was dropped can be looked at until store_release(). */
void store_drop(struct store *store);
void store_release(struct store *store);

/* Give all memory back. */
void store_free(struct store *store);

#endif
