// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Which packets a fault on a network means: by the other side's address, by ports, by protocol. */
#ifndef FILTER_BPF_H
#define FILTER_BPF_H

#include "filter.h"
#include "packet.bpf.h"

const volatile struct packet_filter filter; /* .rodata, set before loading */

/* What went by while on, matched or not: tells a tester with a wrong filter what the right one could have been. */
struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, FILTER_MAX_SEEN);
    __type(key, struct filter_endpoint);
    __type(value, __u64);
} endpoints SEC(".maps");

static __always_inline void filter_remember(const __u32 address[4], __u16 port, __u16 protocol)
{
    struct filter_endpoint key = {.port = port, .protocol = protocol};
    __builtin_memcpy(key.address, address, sizeof key.address);
    __u64 *count = bpf_map_lookup_elem(&endpoints, &key);
    __u64 one = 1;
    if (count)
        __sync_fetch_and_add(count, 1);
    else
        bpf_map_update_elem(&endpoints, &key, &one, BPF_NOEXIST); /* fails once full, which is the limit we want */
}

static __always_inline bool in_range(__u16 port, __u16 lo, __u16 hi)
{
    return hi == 0 || (port >= lo && port <= hi);
}

static __always_inline bool in_cidrs(const __u32 address[4])
{
    if (filter.peers == 0)
        return true;
    for (__u32 i = 0; i < FILTER_MAX_PEERS; i++) {
        const volatile struct filter_cidr *cidr = &filter.peer[i];
        if (i >= filter.peers)
            return false;
        if (((address[0] ^ cidr->address[0]) & cidr->mask[0]) == 0 &&
            ((address[1] ^ cidr->address[1]) & cidr->mask[1]) == 0 &&
            ((address[2] ^ cidr->address[2]) & cidr->mask[2]) == 0 &&
            ((address[3] ^ cidr->address[3]) & cidr->mask[3]) == 0)
            return true;
    }
    return false;
}

static __always_inline bool filter_matches(const struct packet *p, const __u32 *peer, __u16 peer_port, __u16 local_port)
{
    if (filter.protocol && filter.protocol != p->protocol)
        return false;
    if ((filter.peer_port_hi || filter.local_port_hi) && !p->l4_offset)
        return false;
    return in_range(peer_port, filter.peer_port_lo, filter.peer_port_hi) &&
           in_range(local_port, filter.local_port_lo, filter.local_port_hi) && in_cidrs(peer);
}

#endif
