// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Shared by filter.bpf.h and the C side: which packets a fault on a network means, and what it saw of others. */
#ifndef FILTER_H
#define FILTER_H

#include <linux/types.h>

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
};

/* The other side of a packet that was seen while on. */
struct filter_endpoint {
    __u32 address[4];
    __u16 port;
    __u16 protocol;
};

#endif
