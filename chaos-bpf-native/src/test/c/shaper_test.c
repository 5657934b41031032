// SPDX-License-Identifier: Apache-2.0
/* Departure times by rate and bucket, and what a packet counts on the wire. */
#include "shaper.h"

#include <netinet/in.h>
#include <stdlib.h>

#include "check.h"

#define HEADERS (14 + 20 + 32)

static struct delay_record *record;

static void make(uint32_t length, uint16_t gso_size, uint8_t protocol)
{
    memset(record, 0, sizeof *record + 200);
    *record = (struct delay_record){.length = length, .gso_size = gso_size, .l4_offset = 34, .l4_protocol = protocol};
    record->frame[34 + 12] = 8 << 4; /* a TCP header of 32 bytes */
}

static void a_plain_packet_counts_without_its_ethernet_header(void)
{
    make(1514, 0, IPPROTO_TCP);
    CHECK_EQUAL(shaper_wire_bytes(record), 1500);
}

static void a_super_packet_counts_the_headers_of_all_its_parts(void)
{
    make(HEADERS + 3 * 1448, 1448, IPPROTO_TCP);
    CHECK_EQUAL(shaper_wire_bytes(record), 3 * 1500);
    make(HEADERS + 2 * 1448 + 1, 1448, IPPROTO_TCP);
    CHECK_EQUAL(shaper_wire_bytes(record), 2 * 1500 + 53);
    make(14 + 28 + 5 * 1200, 1200, IPPROTO_UDP);
    CHECK_EQUAL(shaper_wire_bytes(record), 5 * 1228);
}

/* 8 Mbit/s: a microsecond a byte. */
static void packets_leave_at_the_rate_once_the_bucket_is_empty(void)
{
    struct shaper shaper = {.bits_per_second = 8000000, .buffer = 3000};
    make(1014, 0, IPPROTO_UDP);
    uint64_t start = 5000000000;
    for (int i = 0; i < 3; i++)
        CHECK_EQUAL(shaper_departure_ns(&shaper, record, start), start);
    for (uint64_t i = 1; i <= 100; i++)
        CHECK_EQUAL(shaper_departure_ns(&shaper, record, start), start + i * 1000000);
    start += 101500000; /* when half of one has come in again */
    CHECK_EQUAL(shaper_departure_ns(&shaper, record, start), start);
    CHECK_EQUAL(shaper_departure_ns(&shaper, record, start), start + 500000);
}

static void a_packet_larger_than_the_bucket_is_paid_for_later(void)
{
    struct shaper shaper = {.bits_per_second = 8000000, .buffer = 2000};
    make(14 + 10000, 0, IPPROTO_UDP);
    uint64_t start = 5000000000;
    CHECK_EQUAL(shaper_departure_ns(&shaper, record, start), start);
    CHECK_EQUAL(shaper_departure_ns(&shaper, record, start), start + 10000000);
    CHECK_EQUAL(shaper_departure_ns(&shaper, record, start), start + 20000000);
}

static void without_a_rate_nothing_waits(void)
{
    struct shaper shaper = {0};
    make(1514, 0, IPPROTO_UDP);
    CHECK_EQUAL(shaper_departure_ns(&shaper, record, 7), 7);
    CHECK_EQUAL(shaper_departure_ns(&shaper, record, 7), 7);
}

int main(void)
{
    record = calloc(1, sizeof *record + 200);
    RUN(a_plain_packet_counts_without_its_ethernet_header);
    RUN(a_super_packet_counts_the_headers_of_all_its_parts);
    RUN(packets_leave_at_the_rate_once_the_bucket_is_empty);
    RUN(a_packet_larger_than_the_bucket_is_paid_for_later);
    RUN(without_a_rate_nothing_waits);
    free(record);
    return check_summary();
}
