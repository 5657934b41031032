// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Counts what goes on over connections that the C side found when the fault began. */
#ifndef OLDER_BPF_H
#define OLDER_BPF_H

#include <linux/tcp.h>

#include "older.h"
#include "packet.bpf.h"

/* The packets with data, by connection. Only the C side adds to it. */
struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, OLDER_MAX);
    __uint(map_flags, BPF_F_NO_PREALLOC);
    __type(key, struct older_connection);
    __type(value, __u64);
} older SEC(".maps");

volatile __u64 older_connections; /* how many there are: without any, nothing is looked at */

/* Acknowledgements, probes of keep-alive and the end of a connection are no use of it. */
static __always_inline bool carries_data(struct __sk_buff *skb, const struct packet *p)
{
    struct tcphdr tcp;
    if (p->protocol != IPPROTO_TCP || !p->l4_offset || bpf_skb_load_bytes(skb, p->l4_offset, &tcp, sizeof tcp))
        return false;
    return skb->len > p->l4_offset + tcp.doff * 4;
}

static __always_inline void note_older(struct __sk_buff *skb, __u64 now)
{
    struct packet p = {};
    if (!older_connections || control.mode != CHAOS_ON || now < control.on_ns + OLDER_GRACE_NS)
        return;
    if (!parse_packet(skb, &p) || !carries_data(skb, &p))
        return;
    struct older_connection key = {.local_port = p.source_port, .remote_port = p.destination_port};
    __builtin_memcpy(key.local, p.source, sizeof key.local);
    __builtin_memcpy(key.remote, p.destination, sizeof key.remote);
    __u64 *packets = bpf_map_lookup_elem(&older, &key);
    if (packets)
        __sync_fetch_and_add(packets, 1);
}

#endif
