// SPDX-License-Identifier: Apache-2.0
/*
 * One direction of a delay line. The ring buffer itself is the queue: packets leave in the order in which they came,
 * because jitter must not reorder a flow, so a packet is never due before the one ahead of it.
 */
#ifndef QUEUE_H
#define QUEUE_H

#include "delay.h"
#include "jitter.h"
#include "ring_buffer.h"

struct queue {
    int fd; /* where resend_packet() sends to; -1: this direction is not delayed */
    struct ring ring;
    struct jitter jitter;
    uint64_t position; /* of the head in the ring */
    uint64_t next;
    const struct delay_record *head; /* NULL: not looked at yet, or nothing there */
    uint64_t due_ns;                 /* of the head; of its predecessor while there is none */
    enum ring_state state;
};

/* Make sure that head and due_ns are up to date; true when there is a head. */
bool queue_peek(struct queue *q);

/* Drop the head and give its memory back. */
void queue_pop(struct queue *q);

#endif
