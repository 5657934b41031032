// SPDX-License-Identifier: Apache-2.0
#include "queue.h"

bool queue_peek(struct queue *q)
{
    if (q->head || q->fd < 0)
        return q->head;
    const void *record;
    uint64_t from = q->position;
    q->state = ring_peek(&q->ring, &q->position, &record, &q->next);
    if (q->position != from)
        ring_release(&q->ring, q->position); /* discarded records must not look like something to wait for */
    if (q->state != RING_RECORD)
        return false;
    q->head = record;
    uint64_t due = q->head->captured_ns + jitter_next_ns(&q->jitter);
    if (due > q->due_ns)
        q->due_ns = due;
    return true;
}

void queue_pop(struct queue *q)
{
    q->position = q->next;
    q->head = NULL;
    ring_release(&q->ring, q->position);
}
