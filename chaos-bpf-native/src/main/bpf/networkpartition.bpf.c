// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * All packets that are meant vanish, or TCP ones are refused: their sender gets a reset, as from a host where nobody
 * listens, and other protocols hear nothing.
 */
#include "meet.bpf.h"

#include "reset.bpf.h"

const volatile __u32 refuses;
volatile __u64 dropped, resets; /* together: hit */

static __always_inline int vanish(bool egress)
{
    return egress ? chaos_drop_silently() : TCX_DROP;
}

static __always_inline int cut(struct __sk_buff *skb, bool egress)
{
    struct meeting m = {};
    int verdict;
    if (!meet(skb, egress, &m))
        return TCX_NEXT;
    meet_hit(&m);
    if (refuses && reset_sender(skb, &m.packet, egress, &verdict)) {
        __sync_fetch_and_add(&resets, 1);
        return verdict;
    }
    __sync_fetch_and_add(&dropped, 1);
    return vanish(egress);
}

SEC("tc")
int partition_egress(struct __sk_buff *skb)
{
    return cut(skb, true);
}

SEC("tc")
int partition_ingress(struct __sk_buff *skb)
{
    return cut(skb, false);
}
