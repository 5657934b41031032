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

static __always_inline bool filter_matches(const struct packet *p, const __u32 *peer, __u16 peer_port, __u16 local_port)
{
    if (filter.protocol && filter.protocol != p->protocol)
        return false;
    if ((filter.peer_port_hi || filter.local_port_hi) && !p->l4_offset)
        return false;
    return filter_means(&filter, peer, peer_port, local_port);
}

#endif
