// SPDX-License-Identifier: Apache-2.0
/* networkcorrupt.bpf.c on crafted packets: what it flips, and that the checksum goes with it. */
#include "chance.h"
#include "packet_programs.h"
#include "segment.h"

#include "networkcorrupt.lskel.h"

#define PACKETS 500

struct wanted {
    struct chance chance;
    bool delivered;
};

static void configure(struct networkcorrupt *skeleton, const void *own)
{
    const struct wanted *wanted = own;
    skeleton->rodata->chance = wanted->chance;
    skeleton->rodata->delivered = wanted->delivered;
}
PACKET_SKELETON(networkcorrupt, corrupt)

static void load(bool delivered)
{
    struct wanted wanted = {
        .chance = {.seed = 11, .begins_bad = CHANCE_ONE, .turns_bad = CHANCE_ONE, .hits_bad = CHANCE_ONE},
        .delivered = delivered,
    };
    load_programs(corrupt_load, &wanted, sizeof wanted);
}

static uint32_t sum_of(const struct frame *f)
{
    size_t l4 = segment_at(f), addresses = segment_at(f) == ETH_HLEN + 40 ? 32 : 8;
    uint32_t size = f->length - (uint32_t)l4;
    return sum16(f->bytes + l4, size, sum16(f->bytes + l4 - addresses, addresses, size + IPPROTO_TCP));
}

static int changed_bits(const struct frame *a, const struct frame *b, size_t from, size_t to)
{
    int bits = 0;
    for (size_t i = from; i < to; i++)
        bits += __builtin_popcount(a->bytes[i] ^ b->bytes[i]);
    return bits;
}

static void flips_one_bit_of_the_payload(struct frame f)
{
    size_t l4 = segment_at(&f), payload = l4 + 20;
    static int reached[64];
    int everywhere = 1;
    memset(reached, 0, sizeof reached);
    put16(f.bytes + l4 + 16, 0xffff & ~sum_of(&f));
    CHECK_EQUAL(sum_of(&f), 0xffff);
    load(true);
    for (int i = 0; i < PACKETS; i++) {
        struct frame out;
        CHECK_EQUAL(frame_run_to(&f, i % 2 ? programs.egress : programs.ingress, 0, &out), PASSED);
        CHECK_EQUAL(out.length, f.length);
        CHECK_EQUAL(changed_bits(&f, &out, payload, f.length), 1);
        CHECK_EQUAL(changed_bits(&f, &out, 0, l4 + 16) + changed_bits(&f, &out, l4 + 18, payload), 0);
        CHECK_EQUAL(sum_of(&out), 0xffff);
        for (size_t at = payload; at < f.length; at++)
            reached[at - payload] |= f.bytes[at] != out.bytes[at];
    }
    for (size_t at = payload; at < f.length; at++)
        everywhere &= reached[at - payload];
    CHECK(everywhere);
    CHECK_EQUAL(programs.control->hit, PACKETS);
    corrupt_unload(programs.skeleton);
}

/* Of an odd length, whose last byte is half of a pair. */
static void flips_one_bit_of_tcp(void)
{
    flips_one_bit_of_the_payload(segment4(SEGMENT_ACK, 31));
    flips_one_bit_of_the_payload(segment6(SEGMENT_ACK, 31));
}

static void a_datagram_without_a_checksum_stays_so(void)
{
    struct frame f = udp4("198.18.0.2", 53), out;
    load(true);
    CHECK_EQUAL(frame_run_to(&f, programs.egress, 0, &out), PASSED);
    CHECK_EQUAL(changed_bits(&f, &out, ETH_HLEN + 28, f.length), 1);
    CHECK_EQUAL(changed_bits(&f, &out, 0, ETH_HLEN + 28), 0);
    corrupt_unload(programs.skeleton);
}

static void lets_by_what_has_no_payload(void)
{
    struct frame syn = segment4(SEGMENT_SYN, 0), echo = frame_ethernet(ETH_P_IP), out;
    frame_add_ipv4(&echo, "198.18.0.1", "198.18.0.2", IPPROTO_ICMP, 0, 0);
    frame_add_ports(&echo, 0, 0, 30);
    load(true);
    CHECK_EQUAL(frame_run_to(&syn, programs.egress, 0, &out), PASSED);
    CHECK_EQUAL(changed_bits(&syn, &out, 0, syn.length), 0);
    CHECK_EQUAL(frame_run_to(&echo, programs.egress, 0, &out), PASSED);
    CHECK_EQUAL(changed_bits(&echo, &out, 0, echo.length), 0);
    const struct networkcorrupt *loaded = programs.skeleton;
    CHECK_EQUAL(programs.control->matched, 2);
    CHECK_EQUAL(programs.control->hit, 0);
    CHECK_EQUAL(loaded->bss->without_payload, 2);
    CHECK_EQUAL(loaded->bss->egress_chance.drawn, 0);
    corrupt_unload(programs.skeleton);
}

static void what_is_detected_vanishes(void)
{
    struct frame syn = segment4(SEGMENT_SYN, 0);
    load(false);
    CHECK_EQUAL(frame_run(&syn, programs.egress, 0), VANISHED);
    CHECK_EQUAL(frame_run(&syn, programs.ingress, 0), DROPPED);
    CHECK_EQUAL(programs.control->hit, 2);
    corrupt_unload(programs.skeleton);
}

int main(void)
{
    RUN(flips_one_bit_of_tcp);
    RUN(a_datagram_without_a_checksum_stays_so);
    RUN(lets_by_what_has_no_payload);
    RUN(what_is_detected_vanishes);
    return check_summary();
}
