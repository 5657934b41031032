// SPDX-License-Identifier: Apache-2.0
/*
 * One direction of a delay line, first in, first out. The newest packets are where the program put them, in the ring
 * buffer; once that is nearly full, the oldest move to a store. The program refuses what neither has room for.
 *
 *     while (queue_peek(q) && q->due_ns <= now)
 *         … q->head …, queue_pop(q);
 *     queue_release(q);
 */
#ifndef QUEUE_H
#define QUEUE_H

#include "delay.h"
#include "jitter.h"
#include "ring_buffer.h"
#include "shaper.h"
#include "store.h"

struct queue {
    int fd; /* where it is sent to; -1: this direction is not delayed */
    struct ring ring;
    uint64_t ring_high; /* bytes in the ring from which on the oldest move; 0: never */
    struct store store;
    struct jitter jitter;
    struct shaper shaper;
    volatile __u64 *held; /* bytes of packets in it, which the program adds to; NULL: not counted */
    uint64_t position;    /* in the ring, of the first packet that did not move to the store */
    uint64_t next;
    const struct delay_record *head; /* NULL: not looked at yet, or nothing there */
    bool stored;                     /* the head is in the store */
    bool popped;                     /* since the latest queue_release() */
    uint64_t due_ns;                 /* of the head; of its predecessor while there is none */
    enum ring_state state;
};

/* How large the next ring is to be, for packets that are held so long at most: all of it is resident, and so are those
 * of all other lines. */
uint32_t queue_ring_size(uint64_t longest_ns);

/* The ring_high of the program: with so many bytes in a ring it rouses the thread, for which queue_make_room() makes
 * room. longest_ns: for which a packet is held. */
uint32_t queue_ring_high(uint32_t ring_size, uint64_t longest_ns);

/* Over a ring of that size. fd, jitter and the store's limit are filled in. */
int queue_open(struct queue *q, int map, uint32_t ring_size, uint64_t longest_ns, struct failure *f);
void queue_close(struct queue *q);

/* Make sure that head and due_ns are up to date; true when there is a head. A packet is never due before the one ahead
 * of it: jitter must not reorder a flow. */
bool queue_peek(struct queue *q);

/* Go on to the next; the memory of what was popped is given back by queue_release(). */
void queue_pop(struct queue *q);
void queue_release(struct queue *q);

/* Make room in the ring if it is nearly full. Call when all that was popped is released. */
void queue_make_room(struct queue *q);

#endif
