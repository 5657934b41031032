// SPDX-License-Identifier: Apache-2.0
/* networkdelay.bpf.c on crafted packets: which connections may be a probe's, how often they are counted, what is left
 * alone.
 */
#include "delay_bpf.h"
#include "probers.h"

#define KUBELET "198.18.0.1"
#define CLIENT "198.18.0.9"
#define POD "198.18.0.2"
#define PROBED 8080

static struct delay_probers from_the_kubelet(bool spared)
{
    struct delay_probers named = {.addresses = 2, .ports = 2, .spared = spared};
    struct filter_cidr v4, v6;
    parse_cidr(KUBELET, &v4);
    parse_cidr("fd00::1", &v6);
    memcpy(named.address[0], v4.address, sizeof v4.address);
    memcpy(named.address[1], v6.address, sizeof v6.address);
    named.port[0] = PROBED;
    named.port[1] = 6060;
    return named;
}

static struct frame between(const char *from, uint16_t from_port, const char *to, uint16_t to_port, uint8_t protocol)
{
    struct frame f = frame_ethernet(ETH_P_IP);
    frame_add_ipv4(&f, from, to, protocol, 0, 0);
    frame_add_ports(&f, from_port, to_port, 0);
    return f;
}

/* What the pod answers a client's port. */
static struct frame answer(const char *client, uint16_t port)
{
    return between(POD, PROBED, client, port, IPPROTO_TCP);
}

static int asks(const char *client, uint16_t port, uint16_t probed)
{
    struct frame f = between(client, port, POD, probed, IPPROTO_TCP);
    return frame_run(&f, skeleton->progs.delay_ingress.prog_fd, 0);
}

static void check_stats(const char *expected)
{
    char text[1024];
    struct reply reply;
    reply_ok(&reply, text, sizeof text);
    probers_stats(skeleton->maps.probes.map_fd, skeleton->bss->probe_packets, &reply);
    CHECK_TEXT(text, expected);
}

static void counts_each_connection_once_in_both_directions(void)
{
    probers = from_the_kubelet(false);
    load((struct packet_filter){0});
    struct frame first = answer(KUBELET, 40000), second = answer(KUBELET, 40001);
    CHECK_EQUAL(asks(KUBELET, 40000, PROBED), DROPPED);
    CHECK_EQUAL(egress(&first), VANISHED);
    CHECK_EQUAL(egress(&first), VANISHED); /* sent again */
    CHECK_EQUAL(egress(&second), VANISHED);
    CHECK_EQUAL(skeleton->bss->control.hit, 4);
    check_stats("ok probe_packets=4 probe_connections=198.18.0.1:8080/tcp:2");
}

static void counts_by_address_and_port(void)
{
    probers = from_the_kubelet(false);
    load((struct packet_filter){0});
    asks(KUBELET, 40000, PROBED);
    asks(KUBELET, 40000, 6060);
    asks(KUBELET, 40001, 6060);
    struct frame v6 = frame_ethernet(ETH_P_IPV6);
    frame_add_ipv6(&v6, "fd00::2", "fd00::1", IPPROTO_TCP);
    frame_add_ports(&v6, PROBED, 40000, 0);
    CHECK_EQUAL(egress(&v6), VANISHED);
    char text[1024];
    struct reply reply;
    reply_ok(&reply, text, sizeof text);
    probers_stats(skeleton->maps.probes.map_fd, skeleton->bss->probe_packets, &reply);
    CHECK_CONTAINS(text, "probe_packets=4 ");
    CHECK_CONTAINS(text, "198.18.0.1:8080/tcp:1");
    CHECK_CONTAINS(text, "198.18.0.1:6060/tcp:2");
    CHECK_CONTAINS(text, "[fd00::1]:8080/tcp:1");
}

static void whoever_else_is_no_prober(void)
{
    probers = from_the_kubelet(true);
    load((struct packet_filter){0});
    struct frame client = answer(CLIENT, 40000);
    struct frame udp = between(POD, PROBED, KUBELET, 40000, IPPROTO_UDP);
    struct frame outgoing = between(POD, 40000, KUBELET, PROBED, IPPROTO_TCP); /* the pod calls, from another port */
    struct frame unprobed = between(POD, 9090, KUBELET, 40000, IPPROTO_TCP);
    struct frame fragment = frame_ethernet(ETH_P_IP);
    frame_add_ipv4(&fragment, POD, KUBELET, IPPROTO_TCP, 0, 100);
    frame_add_ports(&fragment, PROBED, 40000, 0);
    CHECK_EQUAL(egress(&client), VANISHED);
    CHECK_EQUAL(egress(&udp), VANISHED);
    CHECK_EQUAL(egress(&outgoing), VANISHED);
    CHECK_EQUAL(egress(&unprobed), VANISHED);
    CHECK_EQUAL(egress(&fragment), VANISHED);
    check_stats("ok probe_packets=0 probe_connections=");
}

static void leaves_alone_what_is_to_be_spared(void)
{
    probers = from_the_kubelet(true);
    load((struct packet_filter){0});
    struct frame probe = answer(KUBELET, 40000), client = answer(CLIENT, 40000);
    volatile struct chaos_control *control = &skeleton->bss->control;
    CHECK_EQUAL(egress(&probe), PASSED);
    CHECK_EQUAL(asks(KUBELET, 40000, PROBED), PASSED);
    CHECK_EQUAL(egress(&client), VANISHED);
    CHECK_EQUAL(control->seen, 3);
    CHECK_EQUAL(control->matched, 1);
    CHECK_EQUAL(control->hit, 1);
    check_stats("ok probe_packets=2 probe_connections=198.18.0.1:8080/tcp:1");

    control_off(control);
    CHECK_EQUAL(egress(&probe), PASSED);
    CHECK_EQUAL(control->first_clean_ns, 0); /* it would not have been hit */
    CHECK_EQUAL(egress(&client), PASSED);
    CHECK(control->first_clean_ns >= control->off_ns);
    check_stats("ok probe_packets=2 probe_connections=198.18.0.1:8080/tcp:1");
}

static void what_the_fault_does_not_match_is_not_counted(void)
{
    struct packet_filter filter = {.peers = 1};
    parse_cidr(CLIENT, &filter.peer[0]);
    probers = from_the_kubelet(false);
    load(filter);
    struct frame probe = answer(KUBELET, 40000);
    CHECK_EQUAL(egress(&probe), PASSED);
    check_stats("ok probe_packets=0 probe_connections=");
}

static void without_a_probed_port_nobody_is_a_prober(void)
{
    probers = from_the_kubelet(true);
    probers.ports = 0;
    load((struct packet_filter){0});
    struct frame probe = answer(KUBELET, 40000);
    CHECK_EQUAL(egress(&probe), VANISHED);
    check_stats("ok probe_packets=0 probe_connections=");
}

static void stops_counting_when_there_is_no_more_room(void)
{
    probers = from_the_kubelet(true);
    load((struct packet_filter){0});
    for (int port = 1; port <= DELAY_MAX_PROBES + 100; port++)
        CHECK_EQUAL(asks(KUBELET, (uint16_t)port, PROBED), PASSED);
    check_stats("ok probe_packets=4196 probe_connections=198.18.0.1:8080/tcp:4096");
}

int main(void)
{
    RUN(counts_each_connection_once_in_both_directions);
    RUN(counts_by_address_and_port);
    RUN(whoever_else_is_no_prober);
    RUN(leaves_alone_what_is_to_be_spared);
    RUN(what_the_fault_does_not_match_is_not_counted);
    RUN(without_a_probed_port_nobody_is_a_prober);
    RUN(stops_counting_when_there_is_no_more_room);
    networkdelay__destroy(skeleton);
    return check_summary();
}
