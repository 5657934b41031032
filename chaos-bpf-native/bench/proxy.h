// SPDX-License-Identifier: Apache-2.0
/* Toxiproxy 2, the peer: a proxy in the pod's network through which the pod reaches its peer. */
#ifndef PROXY_H
#define PROXY_H

#include "live.h"

#define PROXY_ADDRESS "127.0.0.1"
#define PROXY_BEFORE 1000 /* a port of the peer is reached by the one so many below */

struct proxy {
    const struct network *network;
    pid_t pid;
};

/* program: its server's file. Exits the program with a message when it does not come up. */
struct proxy proxy_start(const struct network *network, const char *program);

/* Reach a port of the peer. */
void proxy_add(const struct proxy *proxy, uint16_t port);

/* Hold what goes to the peer's port, as direction=to does; or no longer. */
void proxy_delay(const struct proxy *proxy, uint16_t port, int ms);
void proxy_clean(const struct proxy *proxy, uint16_t port);

void proxy_end(struct proxy *proxy);

#endif
