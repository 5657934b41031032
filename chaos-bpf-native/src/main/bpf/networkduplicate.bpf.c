// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * A share of the packets that are meant goes on twice. The copy begins anew on the device, so that it meets all other
 * faults there, and has a mark until it comes here again. What mark the packet has itself is lost to the copy; none
 * leaves a network namespace anyway.
 */
#include "meet.bpf.h"

#include "chance.bpf.h"

const volatile __u32 copy_mark; /* this fault's alone: others duplicate the copy as they like */

static __always_inline bool duplicate(struct __sk_buff *skb, bool egress)
{
    __u32 own = skb->mark;
    skb->mark = copy_mark;
    long rc = bpf_clone_redirect(skb, skb->ifindex, egress ? 0 : BPF_F_INGRESS);
    skb->mark = own;
    return rc == 0;
}

static __always_inline int run(struct __sk_buff *skb, bool egress)
{
    if (skb->mark == copy_mark) {
        skb->mark = 0;
        return TCX_NEXT;
    }
    struct meeting m = {};
    if (meet(skb, egress, &m) && chance_of(egress) && duplicate(skb, egress))
        meet_hit(&m);
    return TCX_NEXT;
}

SEC("tc")
int duplicate_egress(struct __sk_buff *skb)
{
    return run(skb, true);
}

SEC("tc")
int duplicate_ingress(struct __sk_buff *skb)
{
    return run(skb, false);
}
