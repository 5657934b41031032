// SPDX-License-Identifier: Apache-2.0
#include "queue.h"

#define SHORTLY_NS 2000000

/*
 * What is held for long has to move to the store anyway, so it does so early, which leaves the ring to bursts; what is
 * held for a millisecond or two at full speed has room in the ring, and is spared the copy.
 */
uint32_t queue_ring_high(uint64_t longest_ns)
{
    return longest_ns <= SHORTLY_NS ? DELAY_RING_SIZE / 4 * 3 : DELAY_RING_SIZE / 4;
}

int queue_open(struct queue *q, int map, uint64_t longest_ns, uint64_t limit, struct failure *f)
{
    q->ring_high = queue_ring_high(longest_ns);
    q->store.limit = limit;
    return ring_open(&q->ring, map, DELAY_RING_SIZE, sizeof(struct delay_record) + DELAY_MAX_FRAME, f);
}

void queue_close(struct queue *q)
{
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
