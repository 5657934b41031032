// SPDX-License-Identifier: Apache-2.0
/* Numbered datagrams between the namespaces of a test, and what came of them. */
#ifndef STREAM_H
#define STREAM_H

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "live.h"

#define STREAM_PACKETS 10000
#define STREAM_AT_ONCE 50 /* far below what a device's backlog takes */

static struct {
    uint32_t came[STREAM_PACKETS]; /* how often */
    uint32_t wrong;                /* with another content than was sent */
    uint32_t strange;              /* with a number that none has */
} stream;

struct datagram {
    uint32_t number;
    uint32_t filled[15];
};

static struct datagram datagram_of(uint32_t number)
{
    struct datagram d = {.number = number};
    for (int i = 0; i < 15; i++)
        d.filled[i] = number * 2654435761u; /* so that a number which was changed does not go with it */
    return d;
}

static void stream_take(int to)
{
    struct datagram d;
    while (recv(to, &d, sizeof d, MSG_DONTWAIT) == sizeof d) {
        struct datagram sent = datagram_of(d.number);
        if (d.number < STREAM_PACKETS)
            stream.came[d.number]++;
        else
            stream.strange++;
        stream.wrong += memcmp(&sent, &d, sizeof d) != 0;
    }
}

/* Send them all over a connected socket, and wait until nothing more comes at the other one. */
static void stream_send(int from, int to)
{
    struct pollfd readable = {.fd = to, .events = POLLIN};
    memset(&stream, 0, sizeof stream);
    for (uint32_t i = 0; i < STREAM_PACKETS; i++) {
        struct datagram d = datagram_of(i);
        send(from, &d, sizeof d, 0);
        if (i % STREAM_AT_ONCE == 0)
            stream_take(to);
    }
    while (poll(&readable, 1, 50) > 0)
        stream_take(to);
}

static inline void stream_between(const struct network *network, uint16_t port)
{
    int to = listen_at(network, SOCK_DGRAM, PEER4, port), from = connect_to(network, SOCK_DGRAM, PEER4, port);
    stream_send(from, to);
    close(from);
    close(to);
}

static inline long stream_lost(bool *lost)
{
    long n = 0;
    for (int i = 0; i < STREAM_PACKETS; i++)
        n += lost[i] = !stream.came[i];
    return n;
}

#endif
