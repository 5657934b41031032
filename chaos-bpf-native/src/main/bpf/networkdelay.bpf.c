// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * The capturing end of a delay line: a packet that matches is copied to a ring buffer and vanishes; the C side sends it
 * again, marked, when it is due (line.c). One ring a direction, which is the queue of that direction as well.
 */
#include "capture.bpf.h"
#include "meet.bpf.h"
#include "reorder.bpf.h"

struct ring egress_ring SEC(".maps");
struct ring ingress_ring SEC(".maps");
struct ring egress_ring_2 SEC(".maps"); /* of the second line, if there is one */
struct ring ingress_ring_2 SEC(".maps");

const volatile __u32 lines; /* more than one: a flow goes by the same at all times */

const volatile __u64 limit; /* bytes that may wait in a direction, set before loading; 0: as many as the ring takes */
volatile __u64 egress_held, ingress_held; /* bytes; the C side takes off what it sends on */

volatile __u64 captured; /* packets */

volatile __u32 target_ifindex; /* where delay_tap hands packets to */

/* What waits is counted before it is there, so that it is never counted off before. */
static __always_inline enum captured capture_within_limit(struct __sk_buff *skb, void *ring, volatile __u64 *held,
                                                          const struct meeting *m)
{
    if (limit && *held + m->length > limit) {
        __sync_fetch_and_add(&full, 1);
        return REFUSED;
    }
    __sync_fetch_and_add(held, m->length);
    enum captured outcome = capture(skb, ring, &m->packet, m->now);
    if (outcome != CAPTURED)
        __sync_fetch_and_add(held, -(__u64)m->length);
    return outcome;
}

static __always_inline bool goes_by_second(const struct meeting *m)
{
    const __u32 *peer = meet_peer(m);
    __u32 flow = peer[0] ^ peer[1] ^ peer[2] ^ peer[3] ^ ((__u32)m->peer_port << 16 | m->local_port);
    return lines > 1 && flow * 0x9E3779B1 >> 31; /* ports are even more often than odd */
}

static __always_inline int run(struct __sk_buff *skb, bool egress, void *ring, void *ring_2, volatile __u64 *held)
{
    struct meeting m = {};
    if (!meet(skb, egress, &m))
        return TCX_NEXT;
    if (goes_at_once(egress, *held)) {
        meet_hit(&m);
        return TCX_NEXT;
    }
    enum captured outcome =
        goes_by_second(&m) ? capture_within_limit(skb, ring_2, held, &m) : capture_within_limit(skb, ring, held, &m);
    if (outcome == PASSED)
        return TCX_NEXT;
    if (outcome == REFUSED)
        return TCX_DROP; /* the sender shall see it: TCP keeps it as unsent, and slows down */
    __sync_fetch_and_add(&captured, 1);
    if (!gap)
        meet_hit(&m);
    return egress ? chaos_drop_silently() : TCX_DROP;
}

SEC("tc")
int delay_egress(struct __sk_buff *skb)
{
    return run(skb, true, &egress_ring, &egress_ring_2, &egress_held);
}

SEC("tc")
int delay_ingress(struct __sk_buff *skb)
{
    return run(skb, false, &ingress_ring, &ingress_ring_2, &ingress_held);
}

/* At the ingress of our TAP: what the C side writes there goes on as if the real device had just received it. */
SEC("tc")
int delay_tap(struct __sk_buff *skb)
{
    skb->mark = CHAOS_MARK;
    return bpf_redirect(target_ifindex, BPF_F_INGRESS);
}
