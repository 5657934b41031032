// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * What every fault on packets begins and ends with: is this packet meant, and does the fault act now; it was hit.
 *
 *     struct meeting m = {};
 *     if (!meet(skb, egress, &m))
 *         return TCX_NEXT;
 *     … the fault itself …
 *     meet_hit(&m);
 */
#ifndef MEET_BPF_H
#define MEET_BPF_H

#include "filter.bpf.h"
#include "flows.bpf.h"
#include "probers.bpf.h"
#include "trace.bpf.h"

/* A packet that is meant. The peer is the other end, local is the pod's. */
struct meeting {
    struct packet packet;
    __u64 now;
    __u32 length; /* before the fault changes anything */
    __u16 peer_port, local_port;
    bool egress;
    bool probe; /* of the pod's health, perhaps */
};

static __always_inline const __u32 *meet_peer(const struct meeting *m)
{
    return m->egress ? m->packet.destination : m->packet.source;
}

/* Fills in the ports; false for what is not meant. */
static __always_inline bool meet_filtered(struct meeting *m, bool active)
{
    const struct packet *p = &m->packet;
    m->peer_port = m->egress ? p->destination_port : p->source_port;
    m->local_port = m->egress ? p->source_port : p->destination_port;
    if (active) {
        __sync_fetch_and_add(&control.seen, 1);
        filter_remember(meet_peer(m), m->peer_port, p->protocol);
    }
    return filter_matches(p, meet_peer(m), m->peer_port, m->local_port);
}

/* Whether the packet is meant and the fault acts on it now: it is counted as matched then. */
static __always_inline bool meet(struct __sk_buff *skb, bool egress, struct meeting *m)
{
    if (chaos_idle(skb))
        return false;
    m->now = bpf_ktime_get_ns();
    m->egress = egress;
    bool active = chaos_active(m->now);
    if ((!active && control.mode != CHAOS_LIFTED) || !parse_packet(skb, &m->packet) || !meet_filtered(m, active) ||
        !trace_is_meant(skb, &m->packet, active))
        return false;
    m->probe = may_be_probe(&m->packet, meet_peer(m), m->local_port);
    if (m->probe && probers.spared) {
        if (active)
            note_probe(meet_peer(m), m->peer_port, m->local_port);
        return false;
    }
    if (!active) {
        chaos_note_clean(m->now);
        return false;
    }
    m->length = skb->len;
    __sync_fetch_and_add(&control.matched, 1);
    return true;
}

/* The fault did to it what it does. */
static __always_inline void meet_hit(const struct meeting *m)
{
    chaos_count_hit(m->now, m->length);
    note_flow(meet_peer(m), m->peer_port, m->local_port, m->packet.protocol);
    if (m->probe)
        note_probe(meet_peer(m), m->peer_port, m->local_port);
}

#endif
