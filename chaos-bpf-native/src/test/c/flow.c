// SPDX-License-Identifier: Apache-2.0
#include "flow.h"

#include <netinet/udp.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include "clock.h"
#include "netstat.h"

#define TCP_HEADERS 52
#define TCP_PAYLOAD 1448
#define DATAGRAM 1000
#define UDP_HEADERS 28
#define ARRIVAL_NS 5000000000ULL /* what does not arrive within that is told as a rate of nothing */
#define NAP_NS 200000            /* shorter ones cost more than they bring */
#define MBIT_OF_ONE 20           /* of what is to be offered, for each datagram of a call */
#define AT_ONCE 60               /* of 64 KiB, what an IP packet holds before it is cut */

static const char buffer[65536];

static void *flood(void *arg)
{
    const struct flow *flow = arg;
    while (!flow->stop && send(flow->from, buffer, sizeof buffer, MSG_NOSIGNAL) >= 0)
        ;
    return NULL;
}

/* Above some 100 Mbit/s a sender that enters the kernel for each datagram does not come to what is to be offered. */
static int datagrams_at_once(const struct flow *flow)
{
    int count = (int)(flow->offered_mbit / MBIT_OF_ONE), size = DATAGRAM;
    if (count <= 1)
        return 1;
    setsockopt(flow->from, SOL_UDP, UDP_SEGMENT, &size, sizeof size);
    return count < AT_ONCE ? count : AT_ONCE;
}

static void *offer(void *arg)
{
    struct flow *flow = arg;
    int at_once = datagrams_at_once(flow);
    uint64_t since_ns = clock_now_ns();
    for (double sent = at_once; !flow->stop; sent += at_once) {
        send(flow->from, buffer, (size_t)at_once * DATAGRAM, 0); /* some are refused */
        uint64_t next_ns = since_ns + (uint64_t)(sent * DATAGRAM * 8e3 / flow->offered_mbit), now_ns = clock_now_ns();
        if (next_ns > now_ns + NAP_NS)
            usleep((useconds_t)((next_ns - now_ns) / 1000));
        flow->sent_mbit = sent * (DATAGRAM + UDP_HEADERS) * 8e3 / (double)(clock_now_ns() - since_ns);
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

/*
 * Right after something arrived: at 1 Mbit/s a super-packet takes half a second, so that a window that begins and ends
 * at any time may miss or gain 5 % of ten seconds.
 */
static double next_arrival(const struct flow *flow, uint64_t *at_ns)
{
    double before = arrived_of(flow), bytes = before;
    uint64_t give_up_ns = clock_now_ns() + ARRIVAL_NS;
    for (*at_ns = 0; bytes == before && *at_ns < give_up_ns; *at_ns = clock_now_ns()) {
        usleep(200);
        bytes = arrived_of(flow);
    }
    return bytes;
}

void flow_measure(struct flow *flow, int settle_ms, int window_ms)
{
    pthread_t sender, reader;
    flow->stop = false;
    pthread_create(&sender, NULL, flow->type == SOCK_STREAM ? flood : offer, flow);
    pthread_create(&reader, NULL, swallow, flow);
    sleep_ms(settle_ms);
    uint64_t since_ns, until_ns;
    double bytes = next_arrival(flow, &since_ns);
    sleep_ms(window_ms);
    bytes = next_arrival(flow, &until_ns) - bytes;
    flow->mbit = bytes * 8e3 / (double)(until_ns - since_ns);
    flow->stop = true;
    shutdown(flow->from, SHUT_RDWR);
    pthread_join(sender, NULL);
    pthread_join(reader, NULL);
    close(flow->from);
    close(flow->to);
}

void flow_open(struct flow *flow, uint16_t port)
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
