// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * The capturing end of a delay line: a packet that matches is copied to a ring buffer and vanishes; the C side sends it
 * again, marked, when it is due (line.c). One ring a direction, which is the queue of that direction as well.
 */
#include "capture.bpf.h"
#include "meet.bpf.h"

struct ring egress_ring SEC(".maps");
struct ring ingress_ring SEC(".maps");

volatile __u32 target_ifindex; /* where delay_tap hands packets to */

static __always_inline int run(struct __sk_buff *skb, bool egress, void *ring)
{
    struct meeting m = {};
    if (!meet(skb, egress, &m))
        return TCX_NEXT;
    enum captured captured = capture(skb, ring, &m.packet, m.now);
    if (captured == PASSED)
        return TCX_NEXT;
    if (captured == REFUSED)
        return TCX_DROP; /* the sender shall see it: TCP keeps it as unsent, and slows down */
    meet_hit(&m);
    return egress ? chaos_drop_silently() : TCX_DROP;
}

SEC("tc")
int delay_egress(struct __sk_buff *skb)
{
    return run(skb, true, &egress_ring);
}

SEC("tc")
int delay_ingress(struct __sk_buff *skb)
{
    return run(skb, false, &ingress_ring);
}

/* At the ingress of our TAP: what the C side writes there goes on as if the real device had just received it. */
SEC("tc")
int delay_tap(struct __sk_buff *skb)
{
    skb->mark = CHAOS_MARK;
    return bpf_redirect(target_ifindex, BPF_F_INGRESS);
}
