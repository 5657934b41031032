// SPDX-License-Identifier: Apache-2.0
/* The loads of the benchmark. All run on threads with the scheduling policy of the caller. */
#ifndef LOAD_H
#define LOAD_H

#include <stdbool.h>
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

/* Where the pod connects to when it means a port of the peer. */
struct route {
    const char *address;
    uint16_t port;
};

/* When to look: after the windows have grown. */
struct span {
    int warm_up_ms, ms;
};

/* TCP streams from the pod to the peer; Gbit/s of all, as received. */
#define MAX_CONNECTIONS 16
double load_bulk(const struct network *network, uint16_t port, const struct route *route, int connections,
                 const struct span *span);

/* Datagrams as those of a stream, as many at once as the kernel takes; milliseconds until all have come. */
double load_burst(const struct network *network, uint16_t port, bool to_pod, int count);

/* Numbered datagrams at a fixed rate until stopped; from the pod to its peer, or the other way. */
struct stream *stream_start(const struct network *network, uint16_t port, bool to_pod, int rate);

/* Watch for the first datagram that was sent at or after a moment and took less than 1 ms; milliseconds to its arrival,
 * and to when it was sent. */
void stream_watch(struct stream *s, uint64_t from_ns);
double stream_first_prompt_ms(const struct stream *s);
double stream_first_prompt_sent_ms(const struct stream *s);

struct stream_result {
    int sent, lost, reordered;
    int lost_after;       /* sent after the moment that was watched, and lost */
    double lost_until_ms; /* from that moment to when the latest of these was sent; 0: none was */
};
struct stream_result stream_stop(struct stream *stream);

#endif
