// SPDX-License-Identifier: Apache-2.0
/* reset.bpf.h on crafted packets: numbers, addresses and checksums of the resets to both ends. */
#include <errno.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <sched.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "chaos.h"
#include "check.h"
#include "segment.h"
#include "skeleton.h"

#include "forgedreset.lskel.h"

#define NEXT (-1)
#define REDIRECT 7

static struct forgedreset *skeleton;
static int wire; /* what the program sends by the loopback device of our namespace */

static void configure(struct forgedreset *opened, const void *unused)
{
    (void)opened, (void)unused;
}
SKELETON_LOADER(forgedreset)

static int forge(const struct frame *f, bool both, bool egress, struct frame *to)
{
    skeleton->bss->both = both;
    skeleton->bss->egress = egress;
    return frame_run_to(f, skeleton->progs.forge.prog_fd, 0, to);
}

/* The device shows it as it leaves, and again as it comes in. */
static struct frame sent(void)
{
    struct frame f = {0};
    for (int i = 0; i < 2; i++) {
        ssize_t size = recv(wire, f.bytes, sizeof f.bytes, MSG_DONTWAIT);
        f.length = size < 0 ? 0 : (uint32_t)size;
    }
    return f;
}

static void check_both(struct frame (*make)(uint8_t flags, size_t payload))
{
    struct frame data = make(SEGMENT_ACK, 200), to_receiver;
    CHECK_EQUAL(forge(&data, true, true, &to_receiver), NEXT);
    struct frame to_sender = sent();
    check_segment(&data, &to_receiver, false);
    CHECK_EQUAL(segment_flags(&to_receiver), SEGMENT_RST | SEGMENT_ACK);
    CHECK_EQUAL(segment_seq(&to_receiver), segment_seq(&data));
    CHECK_EQUAL(segment_ack(&to_receiver), segment_ack(&data));
    CHECK_EQUAL(to_receiver.mark, CHAOS_MARK);
    check_segment(&data, &to_sender, true);
    CHECK_EQUAL(segment_flags(&to_sender), SEGMENT_RST);
    CHECK_EQUAL(segment_seq(&to_sender), segment_ack(&data));
}

static void both_ends_of_ipv4(void)
{
    check_both(segment4);
}

static void both_ends_of_ipv6(void)
{
    check_both(segment6);
}

static void a_connection_refused(struct frame (*make)(uint8_t flags, size_t payload), size_t payload)
{
    struct frame syn = make(SEGMENT_SYN, payload), answer;
    CHECK_EQUAL(forge(&syn, false, false, &answer), REDIRECT);
    check_segment(&syn, &answer, true);
    CHECK_EQUAL(segment_flags(&answer), SEGMENT_RST | SEGMENT_ACK);
    CHECK_EQUAL(segment_seq(&answer), 0);
    CHECK_EQUAL(segment_ack(&answer), segment_seq(&syn) + 1 + payload);
    CHECK_EQUAL(answer.mark, CHAOS_MARK);
}

static void a_syn_is_refused(void)
{
    a_connection_refused(segment4, 0);
    a_connection_refused(segment6, 0);
}

static void a_syn_with_data_is_refused(void)
{
    a_connection_refused(segment4, 7);
}

static void the_sender_alone(void)
{
    struct frame data = segment4(SEGMENT_ACK, 1), answer;
    CHECK_EQUAL(forge(&data, false, false, &answer), REDIRECT);
    CHECK_EQUAL(segment_flags(&answer), SEGMENT_RST);
    CHECK_EQUAL(segment_seq(&answer), segment_ack(&data));
    CHECK_EQUAL(forge(&data, false, true, &answer), NEXT); /* at the egress of lo it comes in by itself */
    CHECK_EQUAL(sent().length, 0);
}

/* A super-packet is one segment less. */
static void a_super_packet(void)
{
    struct frame data = segment4(SEGMENT_ACK, 1400), answer;
    skeleton->bss->both = false;
    CHECK_EQUAL(frame_run_to(&data, skeleton->progs.forge.prog_fd, 700, &answer), NEXT);
    check_segment(&data, &answer, true);
}

static void is_left(const struct frame *f)
{
    struct frame to;
    uint64_t left = skeleton->bss->left;
    for (int both = 0; both < 2; both++) {
        CHECK_EQUAL(forge(f, both, true, &to), NEXT);
        CHECK(to.length == f->length && !memcmp(to.bytes, f->bytes, f->length));
        CHECK_EQUAL(to.mark, 0);
    }
    CHECK_EQUAL(skeleton->bss->left, left + 2);
    CHECK_EQUAL(sent().length, 0);
}

static void what_is_no_plain_segment_is_left(void)
{
    struct frame fragment = segment4(SEGMENT_ACK, 100), reset = segment4(SEGMENT_RST, 0), options, udp;
    fragment.bytes[ETH_HLEN + 6] = 0x20; /* the first of several */
    options = frame_ethernet(ETH_P_IP);
    frame_add_ipv4(&options, "198.18.0.1", "198.18.0.2", IPPROTO_TCP, 1, 0);
    frame_add_ports(&options, 5000, 80, 0);
    udp = frame_ethernet(ETH_P_IPV6);
    frame_add_ipv6(&udp, "fd00::1", "fd00::2", IPPROTO_UDP);
    frame_add_ports(&udp, 5000, 80, 0);
    struct frame extended = frame_ethernet(ETH_P_IPV6);
    frame_add_ipv6(&extended, "fd00::1", "fd00::2", IPPROTO_DSTOPTS);
    frame_add_extension(&extended, IPPROTO_TCP, 0, 0);
    frame_add_ports(&extended, 5000, 80, 0);
    is_left(&fragment);
    is_left(&reset);
    is_left(&options);
    is_left(&udp);
    is_left(&extended);
}

static void open_wire(void)
{
    struct ifreq up = {.ifr_name = "lo", .ifr_flags = IFF_UP};
    struct sockaddr_ll at = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = 1};
    wire = socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL));
    CHECK(wire >= 0 && !ioctl(wire, SIOCSIFFLAGS, &up) && !bind(wire, (struct sockaddr *)&at, sizeof at));
}

int main(void)
{
    struct failure f;
    if (unshare(CLONE_NEWNET) || !(skeleton = forgedreset_load_explained(configure, NULL, &f))) {
        printf("FAILED to load: %s\n", f.msg);
        return 1;
    }
    RUN(open_wire);
    RUN(both_ends_of_ipv4);
    RUN(both_ends_of_ipv6);
    RUN(a_syn_is_refused);
    RUN(a_syn_with_data_is_refused);
    RUN(the_sender_alone);
    RUN(a_super_packet);
    RUN(what_is_no_plain_segment_is_left);
    forgedreset__destroy(skeleton);
    return check_summary();
}
