// SPDX-License-Identifier: Apache-2.0
#include "queue.h"

#include <errno.h>

#include "held_memory.h"

#define SHORTLY_NS 2000000
#define SHORTLY_SIZE (16u << 20) /* what comes in such a time at 60 Gbit/s */
#define SMALL_SIZE (1u << 20)
#define PLENTY 4 /* there is, as long as no more than a fourth of all memory for what is held is taken */

/*
 * What is held for long has to move to the store anyway, so it does so early, which leaves the ring to bursts; what is
 * held for a millisecond or two at full speed has room in the ring, and is spared the copy.
 */
uint32_t queue_ring_size(uint64_t longest_ns)
{
    if (held_memory_taken() > held_memory_limit() / PLENTY)
        return SMALL_SIZE;
    return longest_ns <= SHORTLY_NS ? SHORTLY_SIZE : DELAY_RING_SIZE;
}

uint32_t queue_ring_high(uint32_t ring_size, uint64_t longest_ns)
{
    return longest_ns <= SHORTLY_NS ? ring_size / 4 * 3 : ring_size / 4;
}

int queue_open(struct queue *q, int map, uint32_t ring_size, uint64_t longest_ns, struct failure *f)
{
    if (!held_memory_take(ring_size))
        return fail(f, FAILED, ENOMEM,
                    "no room for another queue: all that this helper holds may take %zu MiB (CHAOS_HELD_MIB)",
                    held_memory_limit() >> 20);
    q->ring_high = queue_ring_high(ring_size, longest_ns);
    if (!ring_open(&q->ring, map, ring_size, sizeof(struct delay_record) + DELAY_MAX_FRAME, f))
        return 0;
    held_memory_give(ring_size);
    return -1;
}

void queue_close(struct queue *q)
{
    held_memory_give(q->ring.size);
    ring_close(&q->ring);
    store_free(&q->store);
}

/* The kernel wakes us only for what comes behind all that we gave back: discarded records must not stay in between. */
static bool gave_back(struct queue *q, uint64_t from)
{
    if (q->position == from || q->popped)
        return false;
    ring_release(&q->ring, q->position);
    return true;
}

static const struct delay_record *ring_first(struct queue *q)
{
    const void *record;
    uint64_t from;
    do {
        from = q->position;
        q->state = ring_peek(&q->ring, &q->position, &record, &q->next);
        if (q->state == RING_RECORD)
            return record;
    } while (gave_back(q, from));
    return NULL;
}

bool queue_peek(struct queue *q)
{
    if (q->head || q->fd < 0)
        return q->head;
    q->head = store_first(&q->store);
    q->stored = q->head;
    if (!q->head)
        q->head = ring_first(q);
    if (!q->head)
        return false;
    uint64_t due = shaper_departure_ns(&q->shaper, q->head, q->head->captured_ns + jitter_next_ns(&q->jitter));
    if (due > q->due_ns)
        q->due_ns = due;
    return true;
}

void queue_pop(struct queue *q)
{
    if (q->held)
        __atomic_fetch_sub(q->held, q->head->length, __ATOMIC_RELAXED);
    if (q->stored)
        store_drop(&q->store);
    else
        q->position = q->next;
    q->head = NULL;
    q->popped = true;
}

void queue_release(struct queue *q)
{
    if (!q->popped)
        return;
    ring_release(&q->ring, q->position);
    store_release(&q->store);
    q->popped = false;
}

/* A third of it at a time, so that not each packet of a constant flow rouses the thread. */
void queue_make_room(struct queue *q)
{
    const void *record;
    uint64_t next;
    if (q->fd < 0 || !q->ring_high || ring_used(&q->ring) < q->ring_high)
        return;
    while (ring_used(&q->ring) > q->ring_high / 3 * 2 &&
           ring_peek(&q->ring, &q->position, &record, &next) == RING_RECORD && store_put(&q->store, record)) {
        if (q->head == record) {
            q->head = store_first(&q->store);
            q->stored = true;
        }
        q->position = next;
        ring_release(&q->ring, q->position);
    }
}
