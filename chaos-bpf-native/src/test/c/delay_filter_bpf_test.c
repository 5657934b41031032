// SPDX-License-Identifier: Apache-2.0
/* networkdelay.bpf.c on crafted packets: which ones match. */
#include "delay_bpf.h"

static struct packet_filter peer(const char *cidr)
{
    struct packet_filter filter = {.peers = 1};
    parse_cidr(cidr, &filter.peer[0]);
    return filter;
}

static void at_ingress_the_source_is_the_peer(void)
{
    struct packet_filter filter = peer("198.18.0.1/32");
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
    struct packet_filter filter = {.peers = FILTER_MAX_PEERS};
    for (int i = 0; i < FILTER_MAX_PEERS; i++)
        parse_cidr("10.0.0.1", &filter.peer[i]);
    parse_cidr("198.18.0.2", &filter.peer[FILTER_MAX_PEERS - 1]);
    load(filter);
    struct frame f = udp4("198.18.0.2", 53), other = udp4("198.18.0.3", 53);
    CHECK_EQUAL(egress(&f), VANISHED);
    CHECK_EQUAL(egress(&other), PASSED);
}

static void where_telemetry_goes_is_spared(void)
{
    struct packet_filter filter = peer("198.18.0.0/24");
    parse_cidr("198.18.0.254", &filter.spared);
    filter.spared_port_lo = filter.spared_port_hi = 4318;
    load(filter);
    struct frame there = udp4("198.18.0.254", 4318), other_port = udp4("198.18.0.254", 4317),
                 other = udp4("198.18.0.253", 4318);
    CHECK_EQUAL(egress(&there), PASSED);
    CHECK_EQUAL(egress(&other_port), VANISHED);
    CHECK_EQUAL(egress(&other), VANISHED);
}

static void filters_by_port_and_protocol(void)
{
    load((struct packet_filter){.peer_port_lo = 50, .peer_port_hi = 53});
    struct frame at = udp4("198.18.0.2", 50), above = udp4("198.18.0.2", 54), below = udp4("198.18.0.2", 49);
    CHECK_EQUAL(egress(&at), VANISHED);
    CHECK_EQUAL(egress(&above), PASSED);
    CHECK_EQUAL(egress(&below), PASSED);
    load((struct packet_filter){.local_port_lo = 5001, .local_port_hi = 5001});
    CHECK_EQUAL(egress(&at), PASSED);
    load((struct packet_filter){.protocol = IPPROTO_TCP});
    struct frame tcp = tcp6("fd00::2", 1);
    CHECK_EQUAL(egress(&at), PASSED);
    CHECK_EQUAL(egress(&tcp), VANISHED);
}

static void finds_ports_behind_ipv4_options(void)
{
    load((struct packet_filter){.peer_port_lo = 53, .peer_port_hi = 53});
    struct frame f = frame_ethernet(ETH_P_IP);
    frame_add_ipv4(&f, "198.18.0.1", "198.18.0.2", IPPROTO_UDP, 10, 0);
    frame_add_ports(&f, 5000, 53, 0);
    CHECK_EQUAL(egress(&f), VANISHED);
    CHECK(captured && captured->l4_offset == 14 + 60);
}

static void finds_ports_behind_ipv6_extensions(void)
{
    load((struct packet_filter){.peer_port_lo = 53, .peer_port_hi = 53});
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
    load((struct packet_filter){.peer_port_lo = 53, .peer_port_hi = 53});
    CHECK_EQUAL(egress(&first4), VANISHED);
    CHECK_EQUAL(egress(&first6), VANISHED);
    CHECK_EQUAL(egress(&later4), PASSED);
    CHECK_EQUAL(egress(&later6), PASSED);
    load((struct packet_filter){0});
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

static void never_touches_what_the_kernel_sends_by_itself(void)
{
    load((struct packet_filter){0});
    struct frame arp = frame_ethernet(ETH_P_ARP);
    frame_add_ports(&arp, 0, 0, 30);
    CHECK_EQUAL(egress(&arp), PASSED);
    const unsigned char types[] = {130, 131, 132, 133, 134, 135, 136, 137, 143}; /* listeners, routers, neighbours */
    for (size_t i = 0; i < sizeof types; i++) {
        struct frame control = icmp6(types[i]);
        CHECK_EQUAL(egress(&control), PASSED);
    }
    struct frame igmp = frame_ethernet(ETH_P_IP);
    frame_add_ipv4(&igmp, "198.18.0.1", "224.0.0.22", IPPROTO_IGMP, 1, 0);
    frame_add_ports(&igmp, 0, 0, 0);
    CHECK_EQUAL(egress(&igmp), PASSED);
    struct frame echo = icmp6(128);
    CHECK_EQUAL(egress(&echo), VANISHED);
    CHECK_EQUAL(skeleton->bss->control.seen, 1);
}

/* The frame says one thing, the packet's own first digit another. */
static void what_contradicts_itself_passes(void)
{
    load((struct packet_filter){0});
    struct frame four = udp4("198.18.0.2", 53), six = tcp6("fd00::2", 53);
    four.bytes[ETH_HLEN] = 0x65;
    six.bytes[ETH_HLEN] = 0x45;
    CHECK_EQUAL(egress(&four), PASSED);
    CHECK_EQUAL(egress(&six), PASSED);
}

int main(void)
{
    RUN(at_ingress_the_source_is_the_peer);
    RUN(filters_by_peer);
    RUN(the_last_of_sixteen_peers_counts);
    RUN(where_telemetry_goes_is_spared);
    RUN(filters_by_port_and_protocol);
    RUN(finds_ports_behind_ipv4_options);
    RUN(finds_ports_behind_ipv6_extensions);
    RUN(a_later_fragment_has_no_ports);
    RUN(never_touches_what_the_kernel_sends_by_itself);
    RUN(what_contradicts_itself_passes);
    networkdelay__destroy(skeleton);
    return check_summary();
}
