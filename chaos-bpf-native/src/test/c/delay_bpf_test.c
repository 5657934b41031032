// SPDX-License-Identifier: Apache-2.0
/* delay.bpf.c on crafted packets: what it captures, what it lets by, what it counts. */
#include <errno.h>
#include <stdlib.h>

#include "bpf_call.h"
#include "check.h"
#include "cidr.h"
#include "clock.h"
#include "control.h"
#include "frame.h"
#include "request.h"
#include "ring.h"
#include "skeleton.h"

#include "delay.lskel.h"

#define RING_SIZE (1u << 20)
#define PASSED (-1) /* TCX_NEXT */
#define VANISHED 7  /* TC_ACT_REDIRECT: bpf_redirect(0, 0) */
#define DROPPED 2   /* TCX_DROP, at ingress */

static struct delay *skeleton;
static struct ring ring;
static uint64_t position;
static const struct delay_record *captured;

static void configure(struct delay *opened, const void *filter)
{
    opened->rodata->filter = *(const struct delay_filter *)filter;
    opened->maps.egress_ring.max_entries = opened->maps.ingress_ring.max_entries = RING_SIZE;
}
SKELETON_LOADER(delay)

/* Load with a filter and switch on. */
static void load(struct delay_filter filter)
{
    struct failure f;
    ring_close(&ring);
    if (skeleton)
        delay__destroy(skeleton);
    skeleton = delay_load_explained(configure, &filter, &f);
    if (!skeleton || ring_open(&ring, skeleton->maps.egress_ring.map_fd, RING_SIZE, &f)) {
        printf("FAILED to load: %s\n", f.msg);
        exit(1);
    }
    position = 0;
    skeleton->bss->control.lease_until_ns = clock_now_ns() + 3600000000000ull;
    control_on(&skeleton->bss->control);
}

static int egress(const struct frame *f)
{
    uint64_t next;
    const void *record;
    int rc = frame_run(f, skeleton->progs.delay_egress.prog_fd, 0);
    captured = NULL;
    if (ring_peek(&ring, &position, &record, &next) == RING_RECORD) {
        captured = record;
        position = next;
        ring_release(&ring, position);
    }
    return rc;
}

static struct frame udp4(const char *to, uint16_t to_port)
{
    struct frame f = frame_ethernet(ETH_P_IP);
    frame_add_ipv4(&f, "198.18.0.1", to, IPPROTO_UDP, 0, 0);
    frame_add_ports(&f, 5000, to_port, 0);
    return f;
}

static struct frame tcp6(const char *to, uint16_t to_port)
{
    struct frame f = frame_ethernet(ETH_P_IPV6);
    frame_add_ipv6(&f, "fd00::1", to, IPPROTO_TCP);
    frame_add_ports(&f, 5000, to_port, 0);
    return f;
}

static struct delay_filter peer(const char *cidr)
{
    struct delay_filter filter = {.peers = 1};
    parse_cidr(cidr, &filter.peer[0]);
    return filter;
}

static void captures_the_whole_packet(void)
{
    load((struct delay_filter){0});
    struct frame f = udp4("198.18.0.2", 53);
    uint64_t before = clock_now_ns();
    CHECK_EQUAL(egress(&f), VANISHED);
    CHECK(captured != NULL);
    CHECK_EQUAL(captured->length, f.length);
    CHECK(!memcmp(captured->frame, f.bytes, f.length));
    CHECK_EQUAL(captured->l4_offset, 34);
    CHECK_EQUAL(captured->l4_protocol, IPPROTO_UDP);
    CHECK_EQUAL(captured->ipv6, 0);
    CHECK_EQUAL(captured->gso_size, 0);
    CHECK(captured->captured_ns >= before && captured->captured_ns <= clock_now_ns());
}

static void captures_ipv6(void)
{
    load((struct delay_filter){0});
    struct frame f = tcp6("fd00::2", 443);
    CHECK_EQUAL(egress(&f), VANISHED);
    CHECK(captured && captured->ipv6 && captured->l4_offset == 54 && captured->l4_protocol == IPPROTO_TCP);
}

static void captures_every_size(void)
{
    load((struct delay_filter){0});
    for (size_t payload = 0; payload <= 1460; payload += 20) {
        struct frame f = udp4("198.18.0.2", 53);
        static const unsigned char zeros[1500];
        frame_add(&f, zeros, payload);
        CHECK_EQUAL(egress(&f), VANISHED);
        CHECK(captured && captured->length == f.length);
    }
}

static void at_ingress_the_source_is_the_peer(void)
{
    struct delay_filter filter = peer("198.18.0.1/32");
    filter.peer_port_lo = filter.peer_port_hi = 5000;
    filter.local_port_lo = filter.local_port_hi = 53;
    load(filter);
    struct frame f = udp4("198.18.0.2", 53);
    CHECK_EQUAL(frame_run(&f, skeleton->progs.delay_ingress.prog_fd, 0), DROPPED);
    CHECK_EQUAL(egress(&f), PASSED);
}

static void filters_by_peer(void)
{
    load(peer("198.18.0.0/30"));
    struct frame inside = udp4("198.18.0.3", 53), outside = udp4("198.18.0.4", 53), v6 = tcp6("fd00::2", 53);
    CHECK_EQUAL(egress(&inside), VANISHED);
    CHECK_EQUAL(egress(&outside), PASSED);
    CHECK_EQUAL(egress(&v6), PASSED);
    load(peer("fd00::/127"));
    struct frame first = tcp6("fd00::1", 53), third = tcp6("fd00::2", 53);
    CHECK_EQUAL(egress(&first), VANISHED);
    CHECK_EQUAL(egress(&third), PASSED);
    CHECK_EQUAL(egress(&inside), PASSED);
}

static void the_last_of_sixteen_peers_counts(void)
{
    struct delay_filter filter = {.peers = DELAY_MAX_PEERS};
    for (int i = 0; i < DELAY_MAX_PEERS; i++)
        parse_cidr("10.0.0.1", &filter.peer[i]);
    parse_cidr("198.18.0.2", &filter.peer[DELAY_MAX_PEERS - 1]);
    load(filter);
    struct frame f = udp4("198.18.0.2", 53), other = udp4("198.18.0.3", 53);
    CHECK_EQUAL(egress(&f), VANISHED);
    CHECK_EQUAL(egress(&other), PASSED);
}

static void filters_by_port_and_protocol(void)
{
    load((struct delay_filter){.peer_port_lo = 50, .peer_port_hi = 53});
    struct frame at = udp4("198.18.0.2", 50), above = udp4("198.18.0.2", 54), below = udp4("198.18.0.2", 49);
    CHECK_EQUAL(egress(&at), VANISHED);
    CHECK_EQUAL(egress(&above), PASSED);
    CHECK_EQUAL(egress(&below), PASSED);
    load((struct delay_filter){.local_port_lo = 5001, .local_port_hi = 5001});
    CHECK_EQUAL(egress(&at), PASSED);
    load((struct delay_filter){.protocol = IPPROTO_TCP});
    struct frame tcp = tcp6("fd00::2", 1);
    CHECK_EQUAL(egress(&at), PASSED);
    CHECK_EQUAL(egress(&tcp), VANISHED);
}

static void finds_ports_behind_ipv4_options(void)
{
    load((struct delay_filter){.peer_port_lo = 53, .peer_port_hi = 53});
    struct frame f = frame_ethernet(ETH_P_IP);
    frame_add_ipv4(&f, "198.18.0.1", "198.18.0.2", IPPROTO_UDP, 10, 0);
    frame_add_ports(&f, 5000, 53, 0);
    CHECK_EQUAL(egress(&f), VANISHED);
    CHECK(captured && captured->l4_offset == 14 + 60);
}

static void finds_ports_behind_ipv6_extensions(void)
{
    load((struct delay_filter){.peer_port_lo = 53, .peer_port_hi = 53});
    struct frame f = frame_ethernet(ETH_P_IPV6);
    frame_add_ipv6(&f, "fd00::1", "fd00::2", IPPROTO_HOPOPTS);
    frame_add_extension(&f, IPPROTO_DSTOPTS, 2, 0);
    frame_add_extension(&f, IPPROTO_UDP, 0, 0);
    frame_add_ports(&f, 5000, 53, 0);
    CHECK_EQUAL(egress(&f), VANISHED);
    CHECK(captured && captured->l4_offset == 54 + 24 + 8 && captured->l4_protocol == IPPROTO_UDP);
}

static struct frame fragment4(int offset)
{
    struct frame f = frame_ethernet(ETH_P_IP);
    frame_add_ipv4(&f, "198.18.0.1", "198.18.0.2", IPPROTO_UDP, 0, offset);
    frame_add_ports(&f, 5000, 53, 0);
    return f;
}

static struct frame fragment6(uint16_t offset)
{
    struct frame f = frame_ethernet(ETH_P_IPV6);
    frame_add_ipv6(&f, "fd00::1", "fd00::2", IPPROTO_FRAGMENT);
    frame_add_extension(&f, IPPROTO_UDP, 0, (uint16_t)(offset << 3 | 1));
    frame_add_ports(&f, 5000, 53, 0);
    return f;
}

static void a_later_fragment_has_no_ports(void)
{
    struct frame first4 = fragment4(0x2000), later4 = fragment4(100), first6 = fragment6(0), later6 = fragment6(100);
    load((struct delay_filter){.peer_port_lo = 53, .peer_port_hi = 53});
    CHECK_EQUAL(egress(&first4), VANISHED);
    CHECK_EQUAL(egress(&first6), VANISHED);
    CHECK_EQUAL(egress(&later4), PASSED);
    CHECK_EQUAL(egress(&later6), PASSED);
    load((struct delay_filter){0});
    CHECK_EQUAL(egress(&later4), VANISHED);
    CHECK(captured && captured->l4_offset == 0);
    CHECK_EQUAL(egress(&later6), VANISHED);
}

static struct frame icmp6(unsigned char type)
{
    struct frame f = frame_ethernet(ETH_P_IPV6);
    frame_add_ipv6(&f, "fd00::1", "fd00::2", IPPROTO_ICMPV6);
    frame_add(&f, &type, 1);
    frame_add_ports(&f, 0, 0, 0);
    return f;
}

static void never_touches_arp_and_neighbour_discovery(void)
{
    load((struct delay_filter){0});
    struct frame arp = frame_ethernet(ETH_P_ARP);
    frame_add_ports(&arp, 0, 0, 30);
    CHECK_EQUAL(egress(&arp), PASSED);
    for (unsigned char type = 133; type <= 137; type++) {
        struct frame neighbour = icmp6(type);
        CHECK_EQUAL(egress(&neighbour), PASSED);
    }
    struct frame echo = icmp6(128);
    CHECK_EQUAL(egress(&echo), VANISHED);
    CHECK_EQUAL(skeleton->bss->control.seen, 1);
}

static void passes_truncated_headers(void)
{
    load((struct delay_filter){0});
    struct frame f = udp4("198.18.0.2", 53);
    for (f.length = 34; f.length < 38; f.length++) /* the kernel itself refuses to run on less than an IP header */
        CHECK_EQUAL(egress(&f), PASSED);
    struct frame no_header = udp4("198.18.0.2", 53);
    no_header.bytes[14] = 0x44; /* shorter than any IPv4 header */
    CHECK_EQUAL(egress(&no_header), PASSED);
}

static void passes_what_the_helper_itself_sends(void)
{
    load((struct delay_filter){0});
    struct frame f = udp4("198.18.0.2", 53);
    f.mark = CHAOS_MARK;
    CHECK_EQUAL(egress(&f), PASSED);
    CHECK_EQUAL(skeleton->bss->control.seen, 0);
}

static void passes_everything_when_the_lease_has_run_out(void)
{
    load((struct delay_filter){0});
    struct frame f = udp4("198.18.0.2", 53);
    skeleton->bss->control.lease_until_ns = clock_now_ns() - 1;
    CHECK_EQUAL(egress(&f), PASSED);
    CHECK_EQUAL(skeleton->bss->control.expired, 1);
    CHECK_EQUAL(skeleton->bss->control.hit, 0);
    skeleton->bss->control.lease_until_ns = clock_now_ns() + 1000000000;
    CHECK_EQUAL(egress(&f), VANISHED);
}

static void counts_and_stamps(void)
{
    load((struct delay_filter){.protocol = IPPROTO_UDP});
    struct frame udp = udp4("198.18.0.2", 53), tcp = tcp6("fd00::2", 443);
    volatile struct chaos_control *control = &skeleton->bss->control;
    egress(&udp);
    egress(&tcp);
    egress(&udp);
    CHECK_EQUAL(control->seen, 3);
    CHECK_EQUAL(control->matched, 2);
    CHECK_EQUAL(control->hit, 2);
    CHECK_EQUAL(control->bytes, 2 * udp.length);
    CHECK(control->first_hit_ns >= control->on_ns && control->first_clean_ns == 0);

    control_off(control);
    egress(&tcp);
    CHECK_EQUAL(control->first_clean_ns, 0); /* would not have been hit */
    CHECK_EQUAL(egress(&udp), PASSED);
    CHECK(control->first_clean_ns >= control->off_ns);
    CHECK_EQUAL(control->seen, 3);
}

static void remembers_eight_endpoints(void)
{
    load((struct delay_filter){.protocol = IPPROTO_TCP});
    for (uint16_t port = 1; port <= 10; port++) {
        struct frame f = udp4("198.18.0.2", port);
        egress(&f);
        egress(&f);
    }
    struct delay_endpoint key, *previous = NULL;
    int n = 0;
    for (; !map_next_key(skeleton->maps.endpoints.map_fd, previous, &key); previous = &key) {
        uint64_t count = 0;
        map_lookup(skeleton->maps.endpoints.map_fd, &key, &count);
        CHECK_EQUAL(count, 2);
        CHECK_EQUAL(key.protocol, IPPROTO_UDP);
        n++;
    }
    CHECK_EQUAL(n, DELAY_MAX_SEEN);
}

static void passes_undelayed_when_the_ring_is_full(void)
{
    load((struct delay_filter){0});
    struct frame f = udp4("198.18.0.2", 53);
    int vanished = 0, rc = VANISHED;
    for (int i = 0; i < 10000 && rc == VANISHED; i++)
        vanished += (rc = frame_run(&f, skeleton->progs.delay_egress.prog_fd, 0)) == VANISHED;
    CHECK_EQUAL(rc, PASSED);
    CHECK(vanished > (int)(RING_SIZE / 400));
    CHECK_EQUAL(skeleton->bss->full, 1);
    CHECK_EQUAL(skeleton->bss->control.matched, vanished + 1);
    CHECK_EQUAL(skeleton->bss->control.hit, vanished);
}

static void passes_a_super_packet_that_it_could_not_send_again(void)
{
    load((struct delay_filter){0});
    struct frame f = frame_ethernet(ETH_P_IP);
    frame_add_ipv4(&f, "198.18.0.1", "198.18.0.2", IPPROTO_GRE, 0, 0);
    frame_add_ports(&f, 0, 0, 1000);
    CHECK_EQUAL(frame_run(&f, skeleton->progs.delay_egress.prog_fd, 100), PASSED);
    CHECK_EQUAL(skeleton->bss->skipped, 1);
    struct frame tcp = tcp6("fd00::2", 443);
    frame_add_ports(&tcp, 0, 0, 1000);
    CHECK_EQUAL(frame_run(&tcp, skeleton->progs.delay_egress.prog_fd, 100), VANISHED);
    uint64_t next;
    const void *record = NULL;
    CHECK_EQUAL(ring_peek(&ring, &position, &record, &next), RING_RECORD);
    CHECK_EQUAL(((const struct delay_record *)record)->gso_size, 100);
}

static void the_tap_marks_and_hands_over(void)
{
    load((struct delay_filter){0});
    skeleton->bss->target_ifindex = 1;
    struct frame f = udp4("198.18.0.2", 53);
    CHECK_EQUAL(frame_run(&f, skeleton->progs.delay_tap.prog_fd, 0), VANISHED);
}

static void explains_a_refused_load(void)
{
    struct failure f;
    CHECK_EQUAL(skeleton_failure("delay", EINVAL, "dump of types ... R1 invalid mem access", &f), -1);
    CHECK_TEXT(f.code, UNSUPPORTED);
    CHECK_CONTAINS(f.msg, "R1 invalid mem access");
    skeleton_failure("delay", EPERM, NULL, &f);
    CHECK_TEXT(f.code, DENIED);
    CHECK_CONTAINS(f.msg, "CAP_BPF");
}

int main(void)
{
    RUN(captures_the_whole_packet);
    RUN(captures_ipv6);
    RUN(captures_every_size);
    RUN(at_ingress_the_source_is_the_peer);
    RUN(filters_by_peer);
    RUN(the_last_of_sixteen_peers_counts);
    RUN(filters_by_port_and_protocol);
    RUN(finds_ports_behind_ipv4_options);
    RUN(finds_ports_behind_ipv6_extensions);
    RUN(a_later_fragment_has_no_ports);
    RUN(never_touches_arp_and_neighbour_discovery);
    RUN(passes_truncated_headers);
    RUN(passes_what_the_helper_itself_sends);
    RUN(passes_everything_when_the_lease_has_run_out);
    RUN(counts_and_stamps);
    RUN(remembers_eight_endpoints);
    RUN(passes_undelayed_when_the_ring_is_full);
    RUN(passes_a_super_packet_that_it_could_not_send_again);
    RUN(the_tap_marks_and_hands_over);
    RUN(explains_a_refused_load);
    delay__destroy(skeleton);
    return check_summary();
}
