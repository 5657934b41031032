// SPDX-License-Identifier: Apache-2.0
/* Probes of a pod, told from other connections by the pod's gateway, on a real veth. Times as in delay_live_test.c. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"
#include "gateway.h"
#include "live.h"

#define LATENCY_MS 200
#define PROBED 7000
#define UNPROBED 7001

static struct network network;
static struct agent agent;

static void add_route(const char *family, const char *gateway)
{
    char route[128];
    snprintf(route, sizeof route, "nsenter -t %d -n ip %s route add default via %s", network.pod, family, gateway);
    CHECK(!system(route));
}

static void finds_the_gateways_of_a_process(void)
{
    uint32_t found[4][4];
    char text[INET6_ADDRSTRLEN];
    CHECK_EQUAL(gateways_of(1 << 22, found, 4), 0); /* nobody has that pid */
    CHECK_EQUAL(gateways_of(network.pod, found, 4), 0);
    add_route("-4", PEER4);
    add_route("-6", PEER6);
    CHECK_EQUAL(gateways_of(network.pod, found, 4), 2);
    CHECK_TEXT(inet_ntop(AF_INET6, found[0], text, sizeof text), "::ffff:" PEER4);
    CHECK_TEXT(inet_ntop(AF_INET6, found[1], text, sizeof text), PEER6);
    CHECK_EQUAL(gateways_of(network.pod, found, 1), 1);
}

/* From an address of the peer to a port of the pod: the time that one message there and back takes. */
static long ask_us(const char *from, const char *to, uint16_t port)
{
    struct sockaddr_in source = {.sin_family = AF_INET}, pod = {.sin_family = AF_INET, .sin_port = htons(port)};
    inet_pton(AF_INET, from, &source.sin_addr);
    inet_pton(AF_INET, to, &pod.sin_addr);
    int fd = socket_in(network.peer, AF_INET, SOCK_STREAM);
    bool open =
        !bind(fd, (struct sockaddr *)&source, sizeof source) && !connect(fd, (struct sockaddr *)&pod, sizeof pod);
    long us = open ? round_trip_us(fd) : -1;
    close(fd);
    return us;
}

static bool held(long us)
{
    return us >= LATENCY_MS * 1000;
}

static bool clean(long us)
{
    return us >= 0 && us < LATENCY_MS * 1000 / 2;
}

static const char *attach(const char *direction, const char *probes)
{
    return agent_ask(
        &agent,
        "attach id=d kind=networkdelay pid=%d dev=eth0 direction=%s latency_us=%d prober=gateway probed_port=%d %s",
        network.pod, direction, LATENCY_MS * 1000, PROBED, probes);
}

static void spares_the_gateways_probes_and_nothing_else(const char *direction)
{
    CHECK_CONTAINS(attach(direction, "probes=spare"), "ok ");
    agent_ask(&agent, "on id=d");
    CHECK(clean(ask_us(PEER4, POD4, PROBED)));
    CHECK(clean(ask_us(PEER4, POD4, PROBED)));
    CHECK(held(ask_us(OTHER4, POD4, PROBED)));
    CHECK(held(ask_us(PEER4, POD4, UNPROBED)));
    agent_ask(&agent, "off id=d");
    CHECK_CONTAINS(agent_ask(&agent, "stats id=d"), "probe_connections=198.18.40.2:7000/tcp:2");
    agent_ask(&agent, "detach id=d");
}

static void spares_at_egress(void)
{
    spares_the_gateways_probes_and_nothing_else("to");
}

static void spares_at_ingress(void)
{
    spares_the_gateways_probes_and_nothing_else("from");
}

static void counts_those_that_it_holds(void)
{
    CHECK_CONTAINS(attach("both", ""), "ok ");
    agent_ask(&agent, "on id=d");
    CHECK(held(ask_us(PEER4, POD4, PROBED)));
    agent_ask(&agent, "off id=d");
    const char *stats = agent_ask(&agent, "stats id=d");
    CHECK_CONTAINS(stats, "probe_connections=198.18.40.2:7000/tcp:1");
    CHECK_EQUAL(reply_value(stats, "probe_packets"), reply_value(stats, "hit"));

    agent_ask(&agent, "on id=d");
    CHECK(held(ask_us(OTHER4, POD4, PROBED)));
    agent_ask(&agent, "off id=d");
    stats = agent_ask(&agent, "stats id=d");
    CHECK_CONTAINS(stats, "probe_connections=198.18.40.2:7000/tcp:1");
    CHECK(reply_value(stats, "probe_packets") < reply_value(stats, "hit"));
    agent_ask(&agent, "detach id=d");
}

int main(void)
{
    network = network_create();
    agent = agent_start(NULL);
    struct network inside_out = {.pod = network.peer, .peer = network.pod}; /* here it is the pod that answers */
    echo_on(listen_at(&inside_out, SOCK_STREAM, POD4, PROBED), SOCK_STREAM);
    echo_on(listen_at(&inside_out, SOCK_STREAM, POD4, UNPROBED), SOCK_STREAM);
    RUN(finds_the_gateways_of_a_process);
    RUN(spares_at_egress);
    RUN(spares_at_ingress);
    RUN(counts_those_that_it_holds);
    agent_end(&agent);
    network_destroy(&network);
    return check_summary();
}
