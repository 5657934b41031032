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
    size_t size;   /* a power of two, at least a page; 0: not open */
    size_t mapped; /* from the page of the producer on */
    uint64_t *consumer;
    const uint64_t *producer;
    const unsigned char *data; /* its beginning is mapped a second time behind its end, so that no record wraps */
};

enum ring_state {
    RING_EMPTY,
    RING_BUSY, /* the next record is still being written: microseconds */
    RING_RECORD,
};

/* largest: of its records. What is mapped counts as resident, so no more is than that needs. */
int ring_open(struct ring *ring, int map, size_t size, size_t largest, struct failure *f);
void ring_close(struct ring *ring);

/*
 * Look at the record at *position. RING_RECORD sets *record and *next, the position after it; discarded records are
 * skipped, which moves *position on.
 */
enum ring_state ring_peek(const struct ring *ring, uint64_t *position, const void **record, uint64_t *next);

/* Give everything before this position back to the kernel. */
void ring_release(struct ring *ring, uint64_t position);

/* Bytes that the kernel has not got back. */
uint64_t ring_used(const struct ring *ring);

#endif
