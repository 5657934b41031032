// SPDX-License-Identifier: Apache-2.0
/* networkpartition.bpf.c on crafted packets: what vanishes, and what is answered by a reset. */
#include "packet_programs.h"
#include "segment.h"

#include "networkpartition.lskel.h"

static void configure(struct networkpartition *skeleton, const void *own)
{
    skeleton->rodata->refuses = *(const uint32_t *)own;
}
PACKET_SKELETON(networkpartition, partition)

static void load(uint32_t refuses)
{
    load_programs(partition_load, &refuses, sizeof refuses);
}

static void everything_vanishes(void)
{
    struct frame syn = segment4(SEGMENT_SYN, 0), udp = udp4("198.18.0.2", 53), arp = udp;
    arp.bytes[13] = 6;
    load(0);
    CHECK_EQUAL(frame_run(&syn, programs.egress, 0), VANISHED);
    CHECK_EQUAL(frame_run(&udp, programs.egress, 0), VANISHED);
    CHECK_EQUAL(frame_run(&udp, programs.ingress, 0), DROPPED);
    CHECK_EQUAL(frame_run(&arp, programs.egress, 0), PASSED);
    CHECK_EQUAL(programs.control->hit, 3);
    control_off(programs.control);
    CHECK_EQUAL(frame_run(&udp, programs.egress, 0), PASSED);
    CHECK(programs.control->first_clean_ns >= programs.control->off_ns);
    partition_unload(programs.skeleton);
}

static void tcp_is_refused_and_the_rest_vanishes(void)
{
    struct frame four = segment4(SEGMENT_SYN, 0), six = segment6(SEGMENT_ACK, 100), udp = udp4("198.18.0.2", 53), out;
    load(1);
    /* What leaves by the loopback device, which is where this runs, comes back there by itself. */
    CHECK_EQUAL(frame_run_to(&four, programs.egress, 0, &out), PASSED);
    check_segment(&four, &out, true);
    CHECK_EQUAL(segment_flags(&out), SEGMENT_RST | SEGMENT_ACK);
    CHECK_EQUAL(frame_run_to(&six, programs.ingress, 0, &out), VANISHED);
    check_segment(&six, &out, true);
    CHECK_EQUAL(segment_flags(&out), SEGMENT_RST);
    CHECK_EQUAL(frame_run(&udp, programs.egress, 0), VANISHED);
    CHECK_EQUAL(frame_run(&udp, programs.ingress, 0), DROPPED);
    const struct networkpartition *loaded = programs.skeleton;
    CHECK_EQUAL(loaded->bss->resets, 2);
    CHECK_EQUAL(loaded->bss->dropped, 2);
    CHECK_EQUAL(programs.control->hit, 4);
    partition_unload(programs.skeleton);
}

/* Or two that are cut off from each other would answer for ever. */
static void a_reset_is_not_answered(void)
{
    struct frame reset = segment4(SEGMENT_RST | SEGMENT_ACK, 0);
    load(1);
    CHECK_EQUAL(frame_run(&reset, programs.ingress, 0), DROPPED);
    CHECK_EQUAL(((const struct networkpartition *)programs.skeleton)->bss->resets, 0);
    partition_unload(programs.skeleton);
}

int main(void)
{
    RUN(everything_vanishes);
    RUN(tcp_is_refused_and_the_rest_vanishes);
    RUN(a_reset_is_not_answered);
    return check_summary();
}
