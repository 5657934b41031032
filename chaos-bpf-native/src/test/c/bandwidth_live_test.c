// SPDX-License-Identifier: Apache-2.0
/* The rate at which packets arrive, in IP bytes as they are on the wire: TCP and UDP, both ways, and whom it spares. */
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"
#include "clock.h"
#include "live.h"
#include "netstat.h"

#define PORT 7950
#define OTHER_PORT 7951
#define SETTLE_MS 500
#define LONG_MS 10000 /* a super-packet takes 50 ms */
#define SHORT_MS 200
#define MBIT 10.0
#define TCP_HEADERS 52
#define TCP_PAYLOAD 1448
#define DATAGRAM 1000
#define UDP_HEADERS 28

/* What is sent from a pod to its peer, or, turned round, the other way. */
struct flow {
    const char *what, *id, *keys;
    int type;
    bool received;
    struct network network; /* of its own: all that arrives in it is this flow's */
    int from, to;
    volatile bool stop;
    double mbit; /* at the receiver, in IP bytes on the wire */
};

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

static void *flood(void *arg)
{
    static const char buffer[65536];
    struct flow *flow = arg;
    while (!flow->stop) {
        if (flow->type == SOCK_STREAM && send(flow->from, buffer, sizeof buffer, MSG_NOSIGNAL) < 0)
            break;
        if (flow->type == SOCK_DGRAM) { /* three times what the link takes */
            send(flow->from, buffer, DATAGRAM, 0);
            usleep(270);
        }
    }
    return NULL;
}

static void *swallow(void *arg)
{
    char buffer[1 << 17];
    struct flow *flow = arg;
    struct pollfd readable = {.fd = flow->to, .events = POLLIN};
    while (!flow->stop)
        if (poll(&readable, 1, 10) > 0 && recv(readable.fd, buffer, sizeof buffer, 0) <= 0)
            break;
    return NULL;
}

/* What arrives at a namespace's IP layer: there a super-packet counts the headers of one of its parts. */
static double arrived(pid_t pid, double headers, double part)
{
    double packets = (double)net_counter(pid, "snmp", "InReceives"), bytes = (double)netstat_of(pid, "InOctets");
    return (bytes - packets * headers) * (part + headers) / part;
}

static double arrived_of(const struct flow *flow)
{
    pid_t receiver = flow->received ? flow->network.pod : flow->network.peer;
    return flow->type == SOCK_STREAM ? arrived(receiver, TCP_HEADERS, TCP_PAYLOAD)
                                     : arrived(receiver, UDP_HEADERS, DATAGRAM);
}

static void flow_measure(struct flow *flow, int ms)
{
    pthread_t sender, reader;
    flow->stop = false;
    pthread_create(&sender, NULL, flood, flow);
    pthread_create(&reader, NULL, swallow, flow);
    sleep_ms(SETTLE_MS);
    double bytes = arrived_of(flow);
    uint64_t since_ns = clock_now_ns();
    sleep_ms(ms);
    bytes = arrived_of(flow) - bytes;
    flow->mbit = bytes * 8e3 / (double)(clock_now_ns() - since_ns);
    flow->stop = true;
    shutdown(flow->from, SHUT_RDWR);
    pthread_join(sender, NULL);
    pthread_join(reader, NULL);
    close(flow->from);
    close(flow->to);
}

static void flow_open(struct flow *flow, uint16_t port)
{
    struct network n = flow->network;
    if (flow->received)
        n = (struct network){.pod = n.peer, .peer = n.pod};
    const char *address = flow->received ? POD4 : PEER4;
    int at = listen_at(&n, flow->type, address, port);
    flow->from = connect_to(&n, flow->type, address, port);
    flow->to = at;
    if (flow->type == SOCK_STREAM) {
        flow->to = accept4(at, NULL, NULL, SOCK_CLOEXEC);
        close(at);
    }
}

static double tcp_rate(uint16_t port)
{
    struct flow flow = {.type = SOCK_STREAM, .network = network};
    flow_open(&flow, port);
    flow_measure(&flow, SHORT_MS);
    return flow.mbit;
}

static void detach(void)
{
    CHECK_CONTAINS(agent_ask(&agent, "off id=b"), "ok ");
    CHECK_CONTAINS(agent_ask(&agent, "detach id=b"), "ok ");
}

static void *measure_long(void *arg)
{
    flow_measure(arg, LONG_MS);
    return NULL;
}

/* Each in a network of its own, all at the same time. */
static void goes_at_the_rate(void)
{
    struct flow flows[] = {
        {.what = "TCP sent", .id = "ts", .type = SOCK_STREAM, .keys = "direction=to rate_bit=10000000 seed=1"},
        {.what = "UDP sent", .id = "us", .type = SOCK_DGRAM, .keys = "direction=to rate_bit=10000000"},
        {.what = "TCP received", .id = "tr", .type = SOCK_STREAM, .keys = "direction=from rate_bit=10000000"},
        {.what = "UDP received", .id = "ur", .type = SOCK_DGRAM, .keys = "direction=from rate_bit=10000000"},
    };
    pthread_t threads[4];
    for (int i = 0; i < 4; i++) {
        flows[i].received = i >= 2;
        flows[i].network = network_create();
        attach_to(&flows[i].network, flows[i].id, flows[i].keys);
        flow_open(&flows[i], PORT);
    }
    for (int i = 0; i < 4; i++)
        pthread_create(&threads[i], NULL, measure_long, &flows[i]);
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
        printf("    %s: %.3f Mbit/s of %.0f\n", flows[i].what, flows[i].mbit, MBIT);
        CHECK(flows[i].mbit > 0.97 * MBIT && flows[i].mbit < 1.03 * MBIT);
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
    CHECK(tcp_rate(PORT) > 100);
    detach();
    CHECK(tcp_rate(OTHER_PORT) > 100);
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
    CHECK(tcp_rate(PORT) > 100);
}

int main(void)
{
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
