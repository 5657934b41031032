// SPDX-License-Identifier: Apache-2.0
/* The rate at which packets arrive, in IP bytes as they are on the wire: TCP and UDP, both ways, and whom it spares. */
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"
#include "flow.h"
#include "live.h"

#define PORT 7950
#define OTHER_PORT 7951
#define SETTLE_MS 500
#define SHORT_MS 200
#define DATAGRAM 1000

static struct pace {
    double mbit, within; /* the rate, and the share of it that what arrives may be off by */
    int settle_ms, ms;   /* a super-packet takes 50 ms at 10 Mbit/s */
    double free_mbit;    /* what a flow without the fault reaches: far more than any rate here */
} pace = {.mbit = 10, .within = 0.03, .settle_ms = SETTLE_MS, .ms = 10000, .free_mbit = 100};

/* Of four flows at once, with room for pauses of the machine. */
static const struct pace emulated = {.mbit = 1, .within = 0.1, .settle_ms = 2000, .ms = 6000, .free_mbit = 20};

static struct network network;
static struct agent agent;

static void attach_to(const struct network *n, const char *id, const char *keys)
{
    const char *reply = agent_ask(&agent, "attach id=%s kind=networkbandwidth pid=%d dev=eth0 %s", id, n->pod, keys);
    CHECK_CONTAINS(reply, "ok ");
    CHECK_CONTAINS(agent_ask(&agent, "on id=%s", id), "ok ");
}

static void attach(const char *keys)
{
    attach_to(&network, "b", keys);
}

static double tcp_rate(uint16_t port)
{
    struct flow flow = {.type = SOCK_STREAM, .network = network};
    flow_open(&flow, port);
    flow_measure(&flow, SETTLE_MS, SHORT_MS);
    return flow.mbit;
}

static void detach(void)
{
    CHECK_CONTAINS(agent_ask(&agent, "off id=b"), "ok ");
    CHECK_CONTAINS(agent_ask(&agent, "detach id=b"), "ok ");
}

static void *measure_long(void *arg)
{
    flow_measure(arg, pace.settle_ms, pace.ms);
    return NULL;
}

/* Each in a network of its own, all at the same time. */
static void goes_at_the_rate(void)
{
    struct flow flows[] = {
        {.what = "TCP sent", .id = "ts", .type = SOCK_STREAM, .keys = "direction=to seed=1"},
        {.what = "UDP sent", .id = "us", .type = SOCK_DGRAM, .keys = "direction=to"},
        {.what = "TCP received", .id = "tr", .type = SOCK_STREAM, .keys = "direction=from", .received = true},
        {.what = "UDP received", .id = "ur", .type = SOCK_DGRAM, .keys = "direction=from", .received = true},
    };
    pthread_t threads[4];
    for (int i = 0; i < 4; i++) {
        char keys[64];
        snprintf(keys, sizeof keys, "%s rate_bit=%.0f", flows[i].keys, pace.mbit * 1e6);
        flows[i].offered_mbit = 3 * pace.mbit;
        flows[i].network = network_create();
        attach_to(&flows[i].network, flows[i].id, keys);
        flow_open(&flows[i], PORT);
    }
    for (int i = 0; i < 4; i++)
        pthread_create(&threads[i], NULL, measure_long, &flows[i]);
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
        printf("    %s: %.3f Mbit/s of %.0f\n", flows[i].what, flows[i].mbit, pace.mbit);
        CHECK(flows[i].mbit > (1 - pace.within) * pace.mbit && flows[i].mbit < (1 + pace.within) * pace.mbit);
        const char *stats = agent_ask(&agent, "stats id=%s", flows[i].id);
        CHECK(flows[i].type == SOCK_STREAM || reply_value(stats, "full") > 0); /* UDP came three times too fast */
        CHECK_EQUAL(reply_value(stats, "skipped"), 0);
        CHECK_CONTAINS(agent_ask(&agent, "detach id=%s", flows[i].id), "ok ");
        network_destroy(&flows[i].network);
    }
}

/* What waits is no more than asked: at 1 Mbit/s 20,000 bytes take 160 ms, and 500 sent at once do not wait longer. */
static void holds_no_more_than_its_limit(void)
{
    static const char payload[DATAGRAM];
    int to = listen_at(&network, SOCK_DGRAM, PEER4, PORT), from = connect_to(&network, SOCK_DGRAM, PEER4, PORT),
        came = 0;
    struct pollfd readable = {.fd = to, .events = POLLIN};
    char buffer[DATAGRAM];
    attach("direction=to rate_bit=1000000 limit=20000");
    for (int i = 0; i < 500; i++)
        send(from, payload, DATAGRAM, 0);
    while (poll(&readable, 1, 300) > 0 && recv(to, buffer, sizeof buffer, 0) == DATAGRAM)
        came++;
    CHECK(came >= 18 && came < 100);
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=b"), "full"), 500 - came);
    detach();
    close(from);
    close(to);
}

static void spares_other_ports_and_is_gone(void)
{
    attach("direction=to rate_bit=1000000 port=7951");
    CHECK(tcp_rate(PORT) > pace.free_mbit);
    detach();
    CHECK(tcp_rate(OTHER_PORT) > pace.free_mbit);
}

static void refuse(const char *keys, const char *reason)
{
    const char *reply =
        agent_ask(&agent, "attach id=b kind=networkbandwidth pid=%d dev=eth0 direction=to %s", network.pod, keys);
    CHECK_CONTAINS(reply, "code=bad_request");
    CHECK_CONTAINS(reply, reason);
}

static void refuses_what_it_does_not_know(void)
{
    refuse("", "rate_bit%3D...");
    refuse("rate_bit=999", "rate_bit%3D999:");
    refuse("rate_bit=1mbit", "rate_bit%3D1mbit:");
    refuse("rate_bit=1000 buffer=1", "buffer%3D1:");
    refuse("rate_bit=1000 limit=1", "limit%3D1:");
    refuse("rate_bit=1000 latency_us=5", "unknown%20key%20latency_us");
}

/* Last: it takes the agent along. */
static void sigkill_ends_it(void)
{
    attach("direction=both rate_bit=1000000");
    kill(agent.pid, SIGKILL);
    CHECK_EQUAL(agent_wait(&agent), -SIGKILL);
    outlast_lease();
    CHECK(tcp_rate(PORT) > pace.free_mbit);
}

int main(void)
{
    if (is_emulated())
        pace = emulated;
    network = network_create();
    agent = agent_start(NULL);
    RUN(goes_at_the_rate);
    RUN(holds_no_more_than_its_limit);
    RUN(spares_other_ports_and_is_gone);
    RUN(refuses_what_it_does_not_know);
    RUN(sigkill_ends_it);
    network_destroy(&network);
    return check_summary();
}
