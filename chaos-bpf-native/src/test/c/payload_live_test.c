// SPDX-License-Identifier: Apache-2.0
/* A delayed packet arrives as it was sent: super-packets, checksums, fragments, both families, both directions. */
#include <netinet/in.h>
#include <netinet/udp.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"
#include "live.h"

#define PORT 7400
#define STREAM_BYTES (32 << 20)

static struct network network;
static struct agent agent;

static void with_delay(const char *direction, void (*test)(const char *address))
{
    CHECK_CONTAINS(agent_ask(&agent, "attach id=d kind=networkdelay pid=%d dev=eth0 direction=%s latency_us=2000",
                             network.pod, direction),
                   "ok ");
    agent_ask(&agent, "on id=d");
    test(PEER4);
    test(PEER6);
    agent_ask(&agent, "off id=d");
    const char *stats = agent_ask(&agent, "stats id=d");
    CHECK(reply_value(stats, "hit") > 0);
    CHECK_EQUAL(reply_value(stats, "hit"), reply_value(stats, "sent"));
    CHECK_EQUAL(reply_value(stats, "skipped"), 0);
    agent_ask(&agent, "detach id=d");
}

/* No period that a lost or doubled segment could hide behind. */
static unsigned char byte_at(size_t position)
{
    return (unsigned char)((position * 2654435761u) >> 13);
}

static void *send_pattern(void *arg)
{
    static unsigned char chunk[1 << 16];
    int fd = (int)(intptr_t)arg;
    for (size_t sent = 0; sent < STREAM_BYTES; sent += sizeof chunk) {
        for (size_t i = 0; i < sizeof chunk; i++)
            chunk[i] = byte_at(sent + i);
        for (size_t at = 0; at < sizeof chunk;) {
            ssize_t n = send(fd, chunk + at, sizeof chunk - at, MSG_NOSIGNAL);
            if (n <= 0)
                return NULL;
            at += (size_t)n;
        }
    }
    shutdown(fd, SHUT_WR);
    return NULL;
}

/* Up and down at once, so that both directions carry super-packets. */
static void a_tcp_stream_comes_back_whole(const char *address)
{
    static unsigned char chunk[1 << 16];
    size_t received = 0, wrong = 0;
    int fd = connect_to(&network, SOCK_STREAM, address, PORT);
    pthread_t sender;
    pthread_create(&sender, NULL, send_pattern, (void *)(intptr_t)fd);
    for (ssize_t n; (n = recv(fd, chunk, sizeof chunk, 0)) > 0; received += (size_t)n)
        for (ssize_t i = 0; i < n; i++)
            wrong += chunk[i] != byte_at(received + (size_t)i);
    pthread_join(sender, NULL);
    close(fd);
    CHECK_EQUAL(received, STREAM_BYTES);
    CHECK_EQUAL(wrong, 0);
}

static void echo_datagram(const char *address, size_t size, int segment)
{
    static unsigned char out[60000], in[60000];
    int fd = connect_to(&network, SOCK_DGRAM, address, PORT);
    struct timeval patience = {.tv_sec = 2};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (segment)
        setsockopt(fd, IPPROTO_UDP, UDP_SEGMENT, &segment, sizeof segment);
    for (size_t i = 0; i < size; i++)
        out[i] = byte_at(i);
    CHECK_EQUAL(send(fd, out, size, 0), size);
    for (size_t received = 0; received < size;) {
        ssize_t n = recv(fd, in + received, sizeof in - received, 0);
        CHECK(n > 0);
        if (n <= 0)
            break;
        received += (size_t)n;
    }
    CHECK(!memcmp(in, out, size));
    close(fd);
}

static void datagrams_of_every_kind_come_back_whole(const char *address)
{
    echo_datagram(address, 1, 0);
    echo_datagram(address, 1400, 0);
    echo_datagram(address, 5000, 0);     /* fragments */
    echo_datagram(address, 60000, 0);    /* many fragments */
    echo_datagram(address, 12000, 1200); /* one super-packet of ten datagrams, as QUIC sends */
}

static void tcp_egress(void)
{
    with_delay("to", a_tcp_stream_comes_back_whole);
}

static void tcp_ingress(void)
{
    with_delay("from", a_tcp_stream_comes_back_whole);
}

static void tcp_both_ways(void)
{
    with_delay("both", a_tcp_stream_comes_back_whole);
}

static void udp_egress(void)
{
    with_delay("to", datagrams_of_every_kind_come_back_whole);
}

static void udp_ingress(void)
{
    with_delay("from", datagrams_of_every_kind_come_back_whole);
}

int main(void)
{
    network = network_create();
    agent = agent_start(NULL);
    echo_at(&network, SOCK_STREAM, PORT);
    echo_at(&network, SOCK_DGRAM, PORT);
    RUN(tcp_egress);
    RUN(tcp_ingress);
    RUN(tcp_both_ways);
    RUN(udp_egress);
    RUN(udp_ingress);
    agent_end(&agent);
    network_destroy(&network);
    return check_summary();
}
