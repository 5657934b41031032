// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Shared by networkdelay.bpf.c and the C side: the form of a captured packet, and whose connections are counted. */
#ifndef DELAY_H
#define DELAY_H

#include "chance.h"
#include "filter.h"

#define DELAY_MAX_PROBERS 8        /* addresses that probes come from */
#define DELAY_MAX_PROBED 8         /* ports that probes go to */
#define DELAY_MAX_PROBES 4096      /* connections from such an address to such a port that are counted */
#define DELAY_MAX_FLOWS 4096       /* connections with packets that were held, that are counted */
#define DELAY_RING_SIZE (4u << 20) /* of one direction: what comes while the thread is busy, and is held shortly */
#define DELAY_MAX_FRAME 66000      /* a 64 KiB super-packet and its headers; larger ones (BIG TCP) are not delayed */

/* Whose connections to which of the pod's ports may be probes of its health; without a port, nobody's. */
struct delay_probers {
    __u32 address[DELAY_MAX_PROBERS][4];
    __u16 port[DELAY_MAX_PROBED];
    __u16 addresses, ports;
    __u32 spared; /* left alone instead of being held */
};

/* A connection that may be a probe. */
struct delay_connection {
    __u32 address[4]; /* of the prober */
    __u16 port;       /* the prober's */
    __u16 probed;     /* the pod's */
};

/* What packets that were held belong to; ports 0 where a protocol has none. */
struct delay_flow {
    __u32 peer[4];
    __u16 peer_port, local_port;
    __u32 protocol;
};

/* A captured packet in a ring buffer, from its Ethernet header on. */
struct delay_record {
    __u64 captured_ns;
    __u32 length;
    __u16 gso_size;   /* payload of one segment of a super-packet, else 0 */
    __u16 l4_offset;  /* of the TCP or UDP header; 0 = another protocol */
    __u8 l4_protocol; /* of the last IP header */
    __u8 ipv6;
    __u8 partial_checksum; /* the kernel still has to fill in the TCP or UDP checksum */
    __u8 reserved[5];
    __u8 frame[];
};

#endif
