// SPDX-License-Identifier: Apache-2.0
/* The loads of the benchmark. All run on threads with the scheduling policy of the caller. */
#ifndef LOAD_H
#define LOAD_H

#include <stdint.h>

#include "live.h"
#include "quantile.h"

/*
 * Requests at a fixed rate over a connected socket with an echo at its other end, whatever is still in flight. Adds the
 * round-trip times in microseconds, except for the requests of the first warm_up milliseconds; returns how many of the
 * others got no answer.
 */
int load_requests(int fd, int rate, int warm_up_ms, int measured_ms, struct samples *round_trips);

/* One request after the other for some time; microseconds for one. */
double load_ping_pong(int fd, int ms);

/* A TCP stream from the pod to the peer for some time; Gbit/s as received. */
double load_bulk(const struct network *network, uint16_t port, int ms);

/* Where the pod connects to when it means a port of the peer. */
struct route {
    const char *address;
    uint16_t port;
};

/* The same by such a way, and several streams at once; Gbit/s of all. */
#define MAX_CONNECTIONS 16
double load_bulk_by(const struct network *network, uint16_t port, const struct route *route, int connections, int ms);

/* Numbered datagrams from the pod to the peer at a fixed rate until stopped. */
struct stream *stream_start(const struct network *network, uint16_t port, int rate);

/* Watch for the first datagram that was sent at or after a moment and took less than 1 ms; milliseconds to its arrival.
 */
void stream_watch(struct stream *s, uint64_t from_ns);
double stream_first_prompt_ms(const struct stream *s);

struct stream_result {
    int sent, lost, reordered;
};
struct stream_result stream_stop(struct stream *stream);

#endif
