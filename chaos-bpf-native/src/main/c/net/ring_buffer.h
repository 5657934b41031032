// SPDX-License-Identifier: Apache-2.0
/* The reading end of a BPF ring buffer, without libbpf. Records stay where they are until they are released, in order.
 */
#ifndef RING_BUFFER_H
#define RING_BUFFER_H

#include <stddef.h>
#include <stdint.h>

#include "failure.h"

struct ring {
    int map;
    size_t size; /* a power of two, at least a page; 0: not open */
    uint64_t *consumer;
    const uint64_t *producer;
    const unsigned char *data; /* mapped twice in a row, so that a record never wraps */
};

enum ring_state {
    RING_EMPTY,
    RING_BUSY, /* the next record is still being written: microseconds */
    RING_RECORD,
};

int ring_open(struct ring *ring, int map, size_t size, struct failure *f);
void ring_close(struct ring *ring);

/*
 * Look at the record at *position. RING_RECORD sets *record and *next, the position after it; discarded records are
 * skipped, which moves *position on.
 */
enum ring_state ring_peek(const struct ring *ring, uint64_t *position, const void **record, uint64_t *next);

/* Give everything before this position back to the kernel. */
void ring_release(struct ring *ring, uint64_t position);

uint64_t ring_position(const struct ring *ring);

#endif
