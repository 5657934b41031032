// SPDX-License-Identifier: Apache-2.0
/* What peers_bench.c measures, a row or some each: ours first, then Toxiproxy. */
#ifndef PEERS_PARTS_H
#define PEERS_PARTS_H

#include "load.h"
#include "proxy.h"

#define PEERS_PORT 7200 /* echoes; the next one takes bulk */
#define PEERS_LATENCY_MS 100
#define PEERS_TURNS 5

extern struct proxy proxy;

/* The pod's two ways to a port of its peer. */
struct route straight(uint16_t port);
struct route proxied(uint16_t port);
int open_route(struct route route);

void peers_accuracy(int rate);
void peers_bulk(void); /* and what a request costs meanwhile */
void peers_switching(void);
void peers_death(void);

#endif
