// SPDX-License-Identifier: Apache-2.0
/* The delay under load: nothing overtakes what is held, nothing passes undelayed, what has no room is counted. */
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"
#include "clock.h"
#include "live.h"
#include "netstat.h"

#define PORT 7900
#define CONNECTIONS 16
#define CHUNK (128 << 10)
#define RATE 50000
#define DATAGRAMS 40000
#define PAYLOAD 1400

static struct network network;
static struct agent agent;

static void attach(int latency_us, const char *keys)
{
    CHECK_CONTAINS(agent_ask(&agent, "attach id=d kind=networkdelay pid=%d dev=eth0 direction=to latency_us=%d %s",
                             network.pod, latency_us, keys),
                   "ok ");
    CHECK_CONTAINS(agent_ask(&agent, "on id=d"), "ok ");
}

/* ---- TCP ---- */

static struct {
    int listener;
    volatile bool stop;
    _Atomic uint64_t received;
} bulk;

static void *take(void *arg)
{
    char *buffer = malloc(CHUNK);
    int fd = accept4(bulk.listener, NULL, NULL, SOCK_CLOEXEC);
    for (ssize_t n; (n = read(fd, buffer, CHUNK)) > 0;)
        bulk.received += (uint64_t)n;
    close(fd);
    free(buffer);
    return arg;
}

static void *give(void *arg)
{
    static const char buffer[CHUNK];
    int fd = connect_to(&network, SOCK_STREAM, PEER4, PORT);
    while (!bulk.stop && send(fd, buffer, CHUNK, MSG_NOSIGNAL) > 0)
        ;
    close(fd);
    return arg;
}

/* Gbit/s that arrive in all, once the windows have grown. */
static double transfer(int connections)
{
    pthread_t threads[2 * CONNECTIONS];
    bulk.stop = false;
    for (int i = 0; i < connections; i++) {
        pthread_create(&threads[2 * i], NULL, take, NULL);
        pthread_create(&threads[2 * i + 1], NULL, give, NULL);
    }
    sleep_ms(1500);
    uint64_t from = bulk.received, from_ns = clock_now_ns();
    sleep_ms(1000);
    double rate = (double)(bulk.received - from) * 8 / (double)(clock_now_ns() - from_ns);
    bulk.stop = true;
    for (int i = 0; i < 2 * connections; i++)
        pthread_join(threads[i], NULL);
    return rate;
}

static void many_connections_are_not_reordered(void)
{
    bulk.listener = listen_at(&network, SOCK_STREAM, PEER4, PORT);
    attach(100000, "");
    double one = transfer(1);
    long reordered = netstat_reordered(network.pod);
    double all = transfer(CONNECTIONS);
    const char *stats = agent_ask(&agent, "stats id=d");
    printf("    %d connections: %.2f Gbit/s, one: %.2f; %lld refused\n", CONNECTIONS, all, one,
           reply_value(stats, "full"));
    CHECK_EQUAL(netstat_reordered(network.pod), reordered);
    CHECK_EQUAL(reply_value(stats, "skipped"), 0);
    CHECK(all > 2 * one); /* 0.4 times, where they overtake each other; 0.7 times 16 is what a free machine does */
    CHECK_CONTAINS(agent_ask(&agent, "detach id=d"), "ok ");
    close(bulk.listener);
}

/* ---- UDP ---- */

struct datagram {
    uint64_t sent_ns;
    uint32_t number;
    char filled[PAYLOAD - 12];
};

static struct {
    int fd;
    uint64_t shortest_ns;
    int came, reordered;
} sink;

static void *receive(void *arg)
{
    struct pollfd readable = {.fd = sink.fd, .events = POLLIN};
    struct datagram d;
    uint32_t latest = 0;
    while (poll(&readable, 1, 1500) > 0) {
        if (recv(sink.fd, &d, sizeof d, 0) < PAYLOAD)
            continue;
        uint64_t took_ns = clock_now_ns() - d.sent_ns;
        sink.shortest_ns = took_ns < sink.shortest_ns ? took_ns : sink.shortest_ns;
        sink.reordered += d.number < latest;
        latest = d.number;
        sink.came++;
    }
    return arg;
}

static void send_all(int fd)
{
    struct datagram d = {0};
    uint64_t start = clock_now_ns();
    for (; d.number < DATAGRAMS; d.number++) {
        while (clock_now_ns() < start + d.number * (1000000000ull / RATE))
            ;
        d.sent_ns = clock_now_ns();
        send(fd, &d, PAYLOAD, 0);
    }
}

/* How many were refused. */
static long long flood(int latency_us, const char *keys)
{
    int room = 128 << 20, from = connect_to(&network, SOCK_DGRAM, PEER4, PORT);
    pthread_t receiver;
    sink.came = sink.reordered = 0;
    sink.shortest_ns = UINT64_MAX;
    sink.fd = listen_at(&network, SOCK_DGRAM, PEER4, PORT);
    setsockopt(sink.fd, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof room);
    attach(latency_us, keys);
    pthread_create(&receiver, NULL, receive, NULL);
    send_all(from);
    pthread_join(receiver, NULL);
    long long full = reply_value(agent_ask(&agent, "stats id=d"), "full");
    CHECK_EQUAL(sink.came, DATAGRAMS - full);
    CHECK_EQUAL(sink.reordered, 0);
    CHECK(sink.shortest_ns >= (uint64_t)latency_us * 1000);
    CHECK_CONTAINS(agent_ask(&agent, "detach id=d"), "ok ");
    close(sink.fd);
    close(from);
    return full;
}

static void a_flood_is_held_whole(void)
{
    printf("    %lld of %d refused\n", flood(500000, ""), DATAGRAMS);
}

static void what_has_no_room_is_refused_and_counted(void)
{
    CHECK(flood(500000, "queue=1000000") > DATAGRAMS / 10); /* fewer where the machine is too busy to send as fast */
}

int main(void)
{
    network = network_create();
    agent = agent_start(NULL);
    RUN(many_connections_are_not_reordered);
    RUN(a_flood_is_held_whole);
    RUN(what_has_no_room_is_refused_and_counted);
    CHECK_EQUAL(agent_end(&agent), 0);
    network_destroy(&network);
    return check_summary();
}
