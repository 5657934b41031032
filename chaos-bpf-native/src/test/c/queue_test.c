// SPDX-License-Identifier: Apache-2.0
/* The queue over a ring buffer written by hand, as the kernel would: order, due times, discarded and unfinished
 * records. */
#include "queue.h"

#include <linux/bpf.h>
#include <stdlib.h>

#include "check.h"

#define SIZE 4096
#define LATENCY 1000

static unsigned char data[2 * SIZE];
static uint64_t consumer, producer;

static struct queue empty_queue(uint64_t spread)
{
    memset(data, 0, sizeof data);
    consumer = producer = 0;
    return (struct queue){.ring = {.size = SIZE, .consumer = &consumer, .producer = &producer, .data = data},
                          .jitter = {.latency_ns = LATENCY, .spread_ns = spread}};
}

/* The second half mirrors the first; writing both keeps that true also for a record across the end. */
static void store(uint64_t position, const void *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        size_t at = (position + i) % SIZE;
        data[at] = data[at + SIZE] = ((const unsigned char *)bytes)[i];
    }
}

static void put(uint64_t captured_ns, uint32_t flags)
{
    struct delay_record record = {.captured_ns = captured_ns, .length = 100};
    uint32_t length = sizeof record + 100;
    uint32_t header = length | flags;
    store(producer, &header, sizeof header);
    store(producer + BPF_RINGBUF_HDR_SZ, &record, sizeof record);
    producer += (length + BPF_RINGBUF_HDR_SZ + 7) / 8 * 8;
}

static void an_empty_ring_has_no_head(void)
{
    struct queue q = empty_queue(0);
    CHECK(!queue_peek(&q));
    CHECK_EQUAL(q.state, RING_EMPTY);
}

static void a_direction_that_is_not_delayed_has_no_head(void)
{
    struct queue q = {.fd = -1};
    CHECK(!queue_peek(&q));
}

static void packets_are_due_in_the_order_of_capture(void)
{
    struct queue q = empty_queue(0);
    put(50, 0);
    put(60, 0);
    CHECK(queue_peek(&q) && q.due_ns == 50 + LATENCY);
    CHECK(queue_peek(&q) && q.head->captured_ns == 50); /* looking twice draws once */
    queue_pop(&q);
    CHECK(queue_peek(&q) && q.due_ns == 60 + LATENCY);
    queue_pop(&q);
    CHECK(!queue_peek(&q));
    CHECK(consumer < producer); /* what was popped can be looked at until it is released */
    queue_release(&q);
    CHECK_EQUAL(consumer, producer);
}

/* Whatever moves when: all packets come in order, with the due times of their capture. */
static void a_ring_that_is_nearly_full_moves_to_the_store_in_order(void)
{
    struct queue q = empty_queue(0);
    uint64_t put_ns = 0, got_ns = 0;
    q.ring_high = SIZE / 2;
    q.store.limit = 1 << 20;
    for (int round = 0; round < 300; round++) {
        for (int i = 0; i < 7; i++)
            put(++put_ns, 0);
        if (round % 3)
            CHECK(queue_peek(&q)); /* a head that moves */
        queue_make_room(&q);
        CHECK(producer - consumer < SIZE / 2);
        for (int i = 0; i < 6; i++) {
            CHECK(queue_peek(&q) && q.head->captured_ns == ++got_ns && q.due_ns == got_ns + LATENCY);
            queue_pop(&q);
        }
        queue_release(&q);
    }
    for (; queue_peek(&q); queue_pop(&q))
        CHECK_EQUAL(q.head->captured_ns, ++got_ns);
    CHECK_EQUAL(got_ns, put_ns);
    queue_release(&q);
    CHECK_EQUAL(consumer, producer);
    CHECK_EQUAL(q.store.held, 0);
    store_free(&q.store);
}

static void a_store_without_room_leaves_the_rest_in_the_ring(void)
{
    struct queue q = empty_queue(0);
    q.ring_high = SIZE / 2;
    q.store.limit = 300; /* two packets of 132 bytes */
    for (uint64_t i = 1; i <= 20; i++)
        put(i, 0);
    queue_make_room(&q);
    CHECK_EQUAL(consumer, producer / 20 * 2);
    for (uint64_t i = 1; i <= 20; i++, queue_pop(&q))
        CHECK(queue_peek(&q) && q.head->captured_ns == i);
    store_free(&q.store);
}

static void jitter_never_lets_a_packet_overtake(void)
{
    struct queue q = empty_queue(LATENCY);
    uint64_t previous = 0;
    for (uint64_t i = 0; i < 1000; i++) {
        put(i, 0);
        CHECK(queue_peek(&q));
        CHECK(q.due_ns >= previous && q.due_ns <= i + 2 * LATENCY);
        previous = q.due_ns;
        queue_pop(&q);
        queue_release(&q);
    }
}

static void discarded_records_are_skipped_and_given_back(void)
{
    struct queue q = empty_queue(0);
    put(1, BPF_RINGBUF_DISCARD_BIT);
    CHECK(!queue_peek(&q));
    CHECK_EQUAL(consumer, producer);
    put(2, BPF_RINGBUF_DISCARD_BIT);
    put(3, 0);
    CHECK(queue_peek(&q) && q.head->captured_ns == 3);
}

static void an_unfinished_record_is_waited_for(void)
{
    struct queue q = empty_queue(0);
    put(1, BPF_RINGBUF_BUSY_BIT);
    put(2, 0);
    CHECK(!queue_peek(&q));
    CHECK_EQUAL(q.state, RING_BUSY);
    uint32_t finished = sizeof(struct delay_record) + 100;
    store(0, &finished, sizeof finished);
    CHECK(queue_peek(&q) && q.head->captured_ns == 1);
}

int main(void)
{
    RUN(an_empty_ring_has_no_head);
    RUN(a_direction_that_is_not_delayed_has_no_head);
    RUN(packets_are_due_in_the_order_of_capture);
    RUN(a_ring_that_is_nearly_full_moves_to_the_store_in_order);
    RUN(a_store_without_room_leaves_the_rest_in_the_ring);
    RUN(jitter_never_lets_a_packet_overtake);
    RUN(discarded_records_are_skipped_and_given_back);
    RUN(an_unfinished_record_is_waited_for);
    return check_summary();
}
