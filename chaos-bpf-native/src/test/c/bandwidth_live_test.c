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
#define TCP_MS 4000 /* a super-packet takes 50 ms */
#define UDP_MS 1000
#define MBIT 10.0
#define TCP_HEADERS 52
#define TCP_PAYLOAD 1448
#define DATAGRAM 1000
#define UDP_HEADERS 28

static struct network network, inside_out;
static struct agent agent;
static volatile bool stop;

static void attach(const char *keys)
{
    CHECK_CONTAINS(agent_ask(&agent, "attach id=b kind=networkbandwidth pid=%d dev=eth0 %s", network.pod, keys), "ok ");
    CHECK_CONTAINS(agent_ask(&agent, "on id=b"), "ok ");
}

static void *flood(void *arg)
{
    static const char buffer[65536];
    int fd = *(int *)arg, type;
    socklen_t size = sizeof type;
    getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size);
    while (!stop) {
        if (type == SOCK_STREAM && send(fd, buffer, sizeof buffer, MSG_NOSIGNAL) < 0)
            break;
        if (type == SOCK_DGRAM) { /* three times what the link takes */
            send(fd, buffer, DATAGRAM, 0);
            usleep(270);
        }
    }
    return NULL;
}

static void *swallow(void *arg)
{
    static char buffer[1 << 17];
    struct pollfd readable = {.fd = *(int *)arg, .events = POLLIN};
    while (!stop)
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

/* Mbit/s at the receiver, in IP bytes on the wire. */
static double rate_of(pid_t receiver, int from, int to, int ms, double headers, double part)
{
    pthread_t sender, reader;
    stop = false;
    pthread_create(&sender, NULL, flood, &from);
    pthread_create(&reader, NULL, swallow, &to);
    sleep_ms(SETTLE_MS);
    double bytes = arrived(receiver, headers, part);
    uint64_t since_ns = clock_now_ns();
    sleep_ms(ms);
    bytes = arrived(receiver, headers, part) - bytes;
    double mbit = bytes * 8e3 / (double)(clock_now_ns() - since_ns);
    stop = true;
    shutdown(from, SHUT_RDWR);
    pthread_join(sender, NULL);
    pthread_join(reader, NULL);
    close(from);
    close(to);
    return mbit;
}

static double tcp_rate(const struct network *n, const char *address, uint16_t port, int ms)
{
    int listener = listen_at(n, SOCK_STREAM, address, port), from = connect_to(n, SOCK_STREAM, address, port);
    int to = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    close(listener);
    return rate_of(n->peer, from, to, ms, TCP_HEADERS, TCP_PAYLOAD);
}

static double udp_rate(const struct network *n, const char *address)
{
    int to = listen_at(n, SOCK_DGRAM, address, PORT), from = connect_to(n, SOCK_DGRAM, address, PORT);
    return rate_of(n->peer, from, to, UDP_MS, UDP_HEADERS, DATAGRAM);
}

static void is_the_rate(const char *what, double mbit)
{
    printf("    %s: %.3f Mbit/s of %.0f\n", what, mbit, MBIT);
    CHECK(mbit > 0.97 * MBIT && mbit < 1.03 * MBIT);
}

static void detach(void)
{
    CHECK_CONTAINS(agent_ask(&agent, "off id=b"), "ok ");
    CHECK_CONTAINS(agent_ask(&agent, "detach id=b"), "ok ");
}

static void sends_at_the_rate(void)
{
    attach("direction=to rate_bit=10000000 seed=1");
    is_the_rate("TCP sent", tcp_rate(&network, PEER4, PORT, TCP_MS));
    is_the_rate("UDP sent", udp_rate(&network, PEER4));
    const char *stats = agent_ask(&agent, "stats id=b");
    CHECK(reply_value(stats, "full") > 0); /* UDP came three times too fast */
    CHECK_EQUAL(reply_value(stats, "skipped"), 0);
    detach();
}

static void receives_at_the_rate(void)
{
    attach("direction=from rate_bit=10000000");
    is_the_rate("TCP received", tcp_rate(&inside_out, POD4, PORT, TCP_MS));
    is_the_rate("UDP received", udp_rate(&inside_out, POD4));
    detach();
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
    CHECK(tcp_rate(&network, PEER4, PORT, 200) > 100);
    detach();
    CHECK(tcp_rate(&network, PEER4, OTHER_PORT, 200) > 100);
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
    CHECK(tcp_rate(&network, PEER4, PORT, 200) > 100);
}

int main(void)
{
    network = network_create();
    inside_out = (struct network){.pod = network.peer, .peer = network.pod};
    agent = agent_start(NULL);
    RUN(sends_at_the_rate);
    RUN(receives_at_the_rate);
    RUN(holds_no_more_than_its_limit);
    RUN(spares_other_ports_and_is_gone);
    RUN(refuses_what_it_does_not_know);
    RUN(sigkill_ends_it);
    network_destroy(&network);
    return check_summary();
}
