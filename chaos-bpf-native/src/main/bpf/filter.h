// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Shared by filter.bpf.h and the C side: which packets a fault on a network means, and what it saw of others. */
#ifndef FILTER_H
#define FILTER_H

#include <linux/types.h>
#include <stdbool.h>

#include "trace.h"

#define FILTER_MAX_PEERS 16 /* CIDRs of a filter */
#define FILTER_MAX_SEEN 8   /* endpoints remembered for the reply to `stats` */

/* In network byte order; an IPv4 address is written ::ffff:a.b.c.d. A mask bit of 1 has to match. */
struct filter_cidr {
    __u32 address[4];
    __u32 mask[4];
};

/* Ports in host byte order, 0..0 = any; with a port, only packets that show their ports match (no later fragments). */
struct packet_filter {
    struct filter_cidr peer[FILTER_MAX_PEERS];
    __u32 peers; /* 0 = any */
    __u16 peer_port_lo, peer_port_hi;
    __u16 local_port_lo, local_port_hi;
    __u16 protocol; /* IPPROTO_TCP, IPPROTO_UDP, 0 = any */
    __u16 spared_port_lo, spared_port_hi;
    struct filter_cidr spared; /* at these ports it is left alone, whatever else is meant; 0..0 = nobody is */
};

/* The other side of a packet that was seen while on. */
struct filter_endpoint {
    __u32 address[4];
    __u16 port;
    __u16 protocol;
};

static inline __attribute__((always_inline)) bool filter_in_range(__u16 port, __u16 lo, __u16 hi)
{
    return hi == 0 || (port >= lo && port <= hi);
}

static inline __attribute__((always_inline)) bool filter_in_cidr(const volatile struct filter_cidr *cidr,
                                                                 const __u32 address[4])
{
    return ((address[0] ^ cidr->address[0]) & cidr->mask[0]) == 0 &&
           ((address[1] ^ cidr->address[1]) & cidr->mask[1]) == 0 &&
           ((address[2] ^ cidr->address[2]) & cidr->mask[2]) == 0 &&
           ((address[3] ^ cidr->address[3]) & cidr->mask[3]) == 0;
}

static inline __attribute__((always_inline)) bool filter_in_peers(const volatile struct packet_filter *filter,
                                                                  const __u32 address[4])
{
    if (filter->peers == 0)
        return true;
    for (__u32 i = 0; i < FILTER_MAX_PEERS; i++) {
        if (i >= filter->peers)
            return false;
        if (filter_in_cidr(&filter->peer[i], address))
            return true;
    }
    return false;
}

/* Where the pod sends what it tells of itself: the evidence of what a fault does. */
static inline __attribute__((always_inline)) bool filter_spares(const volatile struct packet_filter *filter,
                                                                const __u32 *peer, __u16 peer_port)
{
    return filter->spared_port_hi && filter_in_range(peer_port, filter->spared_port_lo, filter->spared_port_hi) &&
           filter_in_cidr(&filter->spared, peer);
}

/* Whether a connection of the protocol is meant. The same in BPF programs and in C. */
static inline __attribute__((always_inline)) bool filter_means(const volatile struct packet_filter *filter,
                                                               const __u32 *peer, __u16 peer_port, __u16 local_port)
{
    return filter_in_range(peer_port, filter->peer_port_lo, filter->peer_port_hi) &&
           filter_in_range(local_port, filter->local_port_lo, filter->local_port_hi) && filter_in_peers(filter, peer) &&
           !filter_spares(filter, peer, peer_port);
}

#endif
