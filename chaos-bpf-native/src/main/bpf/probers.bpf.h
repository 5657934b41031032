// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Connections that may be probes of the pod's health: from an address that the C side named to a port that it named.
 * They are counted, because a fault that meets nothing else meets nobody who uses the pod; or they are left alone.
 */
#ifndef PROBERS_BPF_H
#define PROBERS_BPF_H

#include "delay.h"
#include "packet.bpf.h"

/* Each connection once, however often its packets are sent again. Once full, the rest is not counted. */
struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, DELAY_MAX_PROBES); /* the C side sets 1 where no port is named */
    __type(key, struct delay_connection);
    __type(value, __u64);
} probes SEC(".maps");

const volatile struct delay_probers probers; /* .rodata, set before loading: without ports all this is no code at all */
volatile __u64 probe_packets;

static __always_inline bool is_probed(__u16 port)
{
    for (__u32 i = 0; i < DELAY_MAX_PROBED; i++)
        if (i < probers.ports && probers.port[i] == port)
            return true;
    return false;
}

static __always_inline bool is_prober(const __u32 address[4])
{
    for (__u32 i = 0; i < DELAY_MAX_PROBERS; i++) {
        const volatile __u32 *known = probers.address[i];
        if (i < probers.addresses && address[3] == known[3] && address[2] == known[2] && address[1] == known[1] &&
            address[0] == known[0])
            return true;
    }
    return false;
}

static __always_inline bool may_be_probe(const struct packet *p, const __u32 *peer, __u16 local_port)
{
    return probers.ports && p->protocol == IPPROTO_TCP && p->l4_offset && is_probed(local_port) && is_prober(peer);
}

static __always_inline void note_probe(const __u32 *peer, __u16 peer_port, __u16 local_port)
{
    struct delay_connection key = {.port = peer_port, .probed = local_port};
    __u64 one = 1;
    __builtin_memcpy(key.address, peer, sizeof key.address);
    __sync_fetch_and_add(&probe_packets, 1);
    if (!bpf_map_lookup_elem(&probes, &key))
        bpf_map_update_elem(&probes, &key, &one, BPF_NOEXIST);
}

#endif
