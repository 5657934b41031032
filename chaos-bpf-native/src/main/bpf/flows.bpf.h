// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* How many connections the packets that were held belong to: one kept connection may carry all requests, or none. */
#ifndef FLOWS_BPF_H
#define FLOWS_BPF_H

#include "delay.h"
#include "packet.bpf.h"

/* Once full, further ones are not counted. */
struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, DELAY_MAX_FLOWS);
    __uint(map_flags, BPF_F_NO_PREALLOC);
    __type(key, struct delay_flow);
    __type(value, __u8);
} flows SEC(".maps");

volatile __u64 connections;

static __always_inline void note_flow(const __u32 *peer, __u16 peer_port, __u16 local_port, __u8 protocol)
{
    struct delay_flow key = {.peer_port = peer_port, .local_port = local_port, .protocol = protocol};
    const __u8 unused = 1;
    __builtin_memcpy(key.peer, peer, sizeof key.peer);
    if (!bpf_map_lookup_elem(&flows, &key) && !bpf_map_update_elem(&flows, &key, &unused, BPF_NOEXIST))
        __sync_fetch_and_add(&connections, 1);
}

#endif
