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
    struct delay_record record = {.captured_ns = captured_ns};
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
    CHECK_EQUAL(consumer, producer);
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
    RUN(jitter_never_lets_a_packet_overtake);
    RUN(discarded_records_are_skipped_and_given_back);
    RUN(an_unfinished_record_is_waited_for);
    return check_summary();
}
