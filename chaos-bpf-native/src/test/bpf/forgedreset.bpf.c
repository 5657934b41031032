// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* reset.bpf.h alone. */
#include "reset.bpf.h"

volatile bool both, egress;
volatile __u64 left; /* packets that it left as they were */

SEC("tc")
int forge(struct __sk_buff *skb)
{
    struct packet p = {};
    int verdict;
    if (parse_packet(skb, &p) &&
        (both ? reset_both(skb, &p, egress, &verdict) : reset_sender(skb, &p, egress, &verdict)))
        return verdict;
    __sync_fetch_and_add(&left, 1);
    return TCX_NEXT;
}
