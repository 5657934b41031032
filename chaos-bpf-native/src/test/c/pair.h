// SPDX-License-Identifier: Apache-2.0
/* TCP connections of a pod to its peer, both ends at hand. Included once by a test program. */
#ifndef PAIR_H
#define PAIR_H

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"
#include "live.h"

#define PORT 7001
#define OTHER_PORT 7002

static struct network network;
static struct agent agent;
static int listeners[4];

struct pair {
    int pod, peer;
};

/* On PORT and OTHER_PORT of the peer's first address, on PORT of its other one, and on PORT of IPv6. */
static inline void open_listeners(void)
{
    listeners[0] = listen_at(&network, SOCK_STREAM, PEER4, PORT);
    listeners[1] = listen_at(&network, SOCK_STREAM, PEER4, OTHER_PORT);
    listeners[2] = listen_at(&network, SOCK_STREAM, OTHER4, PORT);
    listeners[3] = listen_at(&network, SOCK_STREAM, PEER6, PORT);
}

static inline struct pair open_pair(int listener)
{
    static const char *const addresses[] = {PEER4, PEER4, OTHER4, PEER6};
    struct pair pair;
    pair.pod = connect_to(&network, SOCK_STREAM, addresses[listener], listener == 1 ? OTHER_PORT : PORT);
    pair.peer = pair.pod < 0 ? -1 : accept4(listeners[listener], NULL, NULL, SOCK_CLOEXEC);
    return pair;
}

static inline void close_pair(struct pair pair)
{
    close(pair.pod);
    close(pair.peer);
}

/* What reading says within a second: 0 for data, -1 for an end or nothing, else the errno. */
static inline int outcome_of(int fd)
{
    char text[64];
    struct pollfd readable = {.fd = fd, .events = POLLIN};
    if (poll(&readable, 1, 1000) <= 0)
        return -1;
    ssize_t n = recv(fd, text, sizeof text, 0);
    return n > 0 ? 0 : n < 0 ? errno : -1;
}

static inline bool send_byte(int fd)
{
    return send(fd, "x", 1, MSG_NOSIGNAL) == 1;
}

/* A byte each way. */
static inline bool works(struct pair pair)
{
    return send_byte(pair.pod) && !outcome_of(pair.peer) && send_byte(pair.peer) && !outcome_of(pair.pod);
}

/* For a fault with the id "reset"; what `attach` replied. */
static inline const char *attach_reset(const char *options)
{
    return agent_ask(&agent, "attach id=reset kind=connectionreset pid=%d dev=eth0 protocol=tcp %s", network.pod,
                     options);
}

static inline void reset_on(const char *options)
{
    CHECK_CONTAINS(attach_reset(options), "ok ");
    CHECK_CONTAINS(agent_ask(&agent, "on id=reset"), "ok ");
}

static inline long long reset_count(const char *key)
{
    return reply_value(agent_ask(&agent, "stats id=reset"), key);
}

static inline void reset_off(void)
{
    CHECK_CONTAINS(agent_ask(&agent, "detach id=reset"), "ok ");
}

#endif
