// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* A share of the packets that are meant vanishes, without their sender noticing. */
#include "meet.bpf.h"

#include "chance.bpf.h"

static __always_inline bool loses(struct __sk_buff *skb, bool egress)
{
    struct meeting m = {};
    if (!meet(skb, egress, &m) || !chance_of(egress))
        return false;
    meet_hit(&m);
    return true;
}

SEC("tc")
int loss_egress(struct __sk_buff *skb)
{
    return loses(skb, true) ? chaos_drop_silently() : TCX_NEXT;
}

SEC("tc")
int loss_ingress(struct __sk_buff *skb)
{
    return loses(skb, false) ? TCX_DROP : TCX_NEXT;
}
