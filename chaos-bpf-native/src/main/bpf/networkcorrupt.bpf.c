// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * A share of the packets that are meant is damaged. Between the namespaces of a machine no checksum is ever looked at,
 * so there are two faults: what a checksum would catch vanishes, as its receiver would drop it; what none would catch
 * is a bit of the payload of TCP or UDP that is flipped, with a checksum that is right again.
 */
#include "meet.bpf.h"

#include <linux/tcp.h>
#include <linux/udp.h>

#include "chance.bpf.h"

const volatile __u32 delivered;         /* the application is to see it */
volatile __u64 without_payload, failed; /* matched, but there was nothing to flip; could not be written */

static __always_inline __u32 payload_offset(struct __sk_buff *skb, const struct packet *p)
{
    struct tcphdr tcp;
    if (!p->l4_offset)
        return skb->len;
    if (p->protocol == IPPROTO_UDP)
        return p->l4_offset + sizeof(struct udphdr);
    return bpf_skb_load_bytes(skb, p->l4_offset, &tcp, sizeof tcp) ? skb->len : p->l4_offset + tcp.doff * 4;
}

/* What the checksum covers is counted in pairs of bytes from the header on: one of a pair is the one that changes. */
static __always_inline bool repair_checksum(struct __sk_buff *skb, const struct packet *p, __u32 at, __u8 old, __u8 new)
{
    bool second = (at - p->l4_offset) & 1;
    __u16 from = bpf_htons(second ? old : old << 8), to = bpf_htons(second ? new : new << 8);
    if (p->protocol == IPPROTO_UDP)
        return !bpf_l4_csum_replace(skb, p->l4_offset + offsetof(struct udphdr, check), from, to,
                                    BPF_F_MARK_MANGLED_0 | sizeof from);
    return !bpf_l4_csum_replace(skb, p->l4_offset + offsetof(struct tcphdr, check), from, to, sizeof from);
}

static __always_inline bool flip_bit(struct __sk_buff *skb, const struct packet *p, __u32 payload, __u64 random)
{
    __u32 at = payload + (__u32)(random >> 3) % (skb->len - payload);
    __u8 old, new;
    if (bpf_skb_load_bytes(skb, at, &old, 1))
        return false;
    new = old ^ (1 << (random & 7));
    return !bpf_skb_store_bytes(skb, at, &new, 1, 0) && repair_checksum(skb, p, at, old, new);
}

static __always_inline bool corrupts(struct __sk_buff *skb, bool egress)
{
    struct meeting m = {};
    if (!meet(skb, egress, &m))
        return false;
    __u32 payload = delivered ? payload_offset(skb, &m.packet) : 0;
    if (payload >= skb->len) {
        __sync_fetch_and_add(&without_payload, 1);
        return false;
    }
    if (!chance_of(egress))
        return false;
    __u64 n = egress ? egress_chance.drawn : ingress_chance.drawn;
    if (delivered && !flip_bit(skb, &m.packet, payload, random_at(chance.seed + RANDOM_STEP / 2, n))) {
        __sync_fetch_and_add(&failed, 1);
        return false;
    }
    meet_hit(&m);
    return !delivered;
}

SEC("tc")
int corrupt_egress(struct __sk_buff *skb)
{
    return corrupts(skb, true) ? chaos_drop_silently() : TCX_NEXT;
}

SEC("tc")
int corrupt_ingress(struct __sk_buff *skb)
{
    return corrupts(skb, false) ? TCX_DROP : TCX_NEXT;
}
