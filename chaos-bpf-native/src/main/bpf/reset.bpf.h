// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Resets made of a TCP packet, in its place, where it meets the device of a pod; marked, so that no program of ours
 * meets them. Both functions return false where the packet is no plain TCP segment, or is a reset, and leave it as it
 * was; else *verdict is what the program has to return.
 *
 *     reset_sender()  as a host does where nobody listens: the sender is told "connection refused" of its SYN, and
 *                     "connection reset by peer" of anything else; the packet is gone
 *     reset_both()    the receiver gets a reset in the packet's place, too
 */
#ifndef RESET_BPF_H
#define RESET_BPF_H

#include <linux/tcp.h>

#include "checksum.bpf.h"
#include "packet.bpf.h"

#define RESET_TTL 64
#define RESET_LOOPBACK 1 /* its number in every network namespace */

/* What of a segment its resets are made of. */
struct reset_segment {
    struct ethhdr ethernet;
    struct tcphdr tcp;
    __u32 length; /* in sequence numbers */
    bool partial_checksum;
};

static __always_inline bool reset_read_ipv4(struct __sk_buff *skb, struct reset_segment *s)
{
    struct iphdr ip;
    if (bpf_skb_load_bytes(skb, ETH_HLEN, &ip, sizeof ip) || ip.ihl != 5 || (ip.frag_off & bpf_htons(0x3fff)))
        return false;
    s->length = bpf_ntohs(ip.tot_len) - sizeof ip;
    return true;
}

static __always_inline bool reset_read_ipv6(struct __sk_buff *skb, struct reset_segment *s)
{
    struct ipv6hdr ip;
    if (bpf_skb_load_bytes(skb, ETH_HLEN, &ip, sizeof ip) || ip.nexthdr != IPPROTO_TCP)
        return false;
    s->length = bpf_ntohs(ip.payload_len);
    return true;
}

static __always_inline bool reset_read(struct __sk_buff *skb, const struct packet *p, struct reset_segment *s)
{
    if (p->protocol != IPPROTO_TCP || !(p->ipv6 ? reset_read_ipv6(skb, s) : reset_read_ipv4(skb, s)))
        return false;
    if (bpf_skb_load_bytes(skb, 0, &s->ethernet, sizeof s->ethernet) ||
        bpf_skb_load_bytes(skb, p->l4_offset, &s->tcp, sizeof s->tcp) || s->tcp.rst)
        return false;
    s->length += s->tcp.syn + s->tcp.fin - s->tcp.doff * 4;
    s->partial_checksum = checksum_is_partial(skb);
    return true;
}

/*
 * RFC 9293, 3.5.2 and 3.10.7: to the sender with the number that it expects next, or, where it acknowledges nothing
 * yet, with an acknowledgement of all that it sent; to the receiver with the packet's own numbers.
 */
static __always_inline struct tcphdr reset_header(const struct reset_segment *s, bool to_sender)
{
    struct tcphdr tcp = {.doff = sizeof tcp / 4, .rst = 1};
    tcp.source = to_sender ? s->tcp.dest : s->tcp.source;
    tcp.dest = to_sender ? s->tcp.source : s->tcp.dest;
    if (!to_sender) {
        tcp.seq = s->tcp.seq;
        tcp.ack_seq = s->tcp.ack_seq;
        tcp.ack = s->tcp.ack;
    } else if (s->tcp.ack) {
        tcp.seq = s->tcp.ack_seq;
    } else {
        tcp.ack_seq = bpf_htonl(bpf_ntohl(s->tcp.seq) + s->length);
        tcp.ack = 1;
    }
    return tcp;
}

/* A device that fills in the checksum of the packet, or a receiver that knows it would have, does so for its reset. */
static __always_inline void reset_fill_checksum(struct tcphdr *tcp, bool partial, __be32 *pseudo, __u32 pseudo_size)
{
    __s64 sum = bpf_csum_diff(NULL, 0, pseudo, pseudo_size, 0);
    if (partial)
        tcp->check = ~checksum_fold(sum);
    else
        tcp->check = checksum_fold(bpf_csum_diff(NULL, 0, (__be32 *)tcp, sizeof *tcp, sum));
}

static __always_inline bool reset_write_ipv4(struct __sk_buff *skb, struct tcphdr tcp, bool partial, __be32 from,
                                             __be32 to)
{
    struct {
        struct iphdr ip;
        struct tcphdr tcp;
    } segment = {.ip = {.version = 4, .ihl = 5, .ttl = RESET_TTL, .protocol = IPPROTO_TCP, .saddr = from, .daddr = to}};
    __be32 pseudo[3] = {from, to, bpf_htonl(IPPROTO_TCP << 16 | sizeof tcp)};
    reset_fill_checksum(&tcp, partial, pseudo, sizeof pseudo);
    segment.tcp = tcp;
    segment.ip.tot_len = bpf_htons(sizeof segment);
    segment.ip.check = checksum_fold(bpf_csum_diff(NULL, 0, (__be32 *)&segment.ip, sizeof segment.ip, 0));
    return !bpf_skb_store_bytes(skb, ETH_HLEN, &segment, sizeof segment, BPF_F_RECOMPUTE_CSUM);
}

static __always_inline bool reset_write_ipv6(struct __sk_buff *skb, struct tcphdr tcp, bool partial, const __u32 *from,
                                             const __u32 *to)
{
    struct {
        struct ipv6hdr ip;
        struct tcphdr tcp;
    } segment = {.ip = {.version = 6, .nexthdr = IPPROTO_TCP, .hop_limit = RESET_TTL}};
    struct {
        __u32 from[4], to[4];
        __be32 size, protocol;
    } pseudo = {.size = bpf_htonl(sizeof tcp), .protocol = bpf_htonl(IPPROTO_TCP)};
    __builtin_memcpy(pseudo.from, from, sizeof pseudo.from);
    __builtin_memcpy(pseudo.to, to, sizeof pseudo.to);
    __builtin_memcpy(&segment.ip.saddr, from, sizeof segment.ip.saddr);
    __builtin_memcpy(&segment.ip.daddr, to, sizeof segment.ip.daddr);
    reset_fill_checksum(&tcp, partial, (__be32 *)&pseudo, sizeof pseudo);
    segment.tcp = tcp;
    segment.ip.payload_len = bpf_htons(sizeof tcp);
    return !bpf_skb_store_bytes(skb, ETH_HLEN, &segment, sizeof segment, BPF_F_RECOMPUTE_CSUM);
}

static __always_inline bool reset_write_ethernet(struct __sk_buff *skb, const struct ethhdr *of, bool turned)
{
    struct ethhdr ethernet = *of;
    if (turned) {
        __builtin_memcpy(ethernet.h_dest, of->h_source, ETH_ALEN);
        __builtin_memcpy(ethernet.h_source, of->h_dest, ETH_ALEN);
    }
    return !bpf_skb_store_bytes(skb, 0, &ethernet, sizeof ethernet, 0);
}

static __always_inline bool reset_write(struct __sk_buff *skb, const struct packet *p, const struct reset_segment *s,
                                        bool to_sender)
{
    struct tcphdr tcp = reset_header(s, to_sender);
    const __u32 *from = to_sender ? p->destination : p->source, *to = to_sender ? p->source : p->destination;
    bool written = p->ipv6 ? reset_write_ipv6(skb, tcp, s->partial_checksum, from, to)
                           : reset_write_ipv4(skb, tcp, s->partial_checksum, from[3], to[3]);
    return written && reset_write_ethernet(skb, &s->ethernet, to_sender);
}

/* The packet, cut to the size of a reset, or left as it was. */
static __always_inline bool reset_begin(struct __sk_buff *skb, const struct packet *p, struct reset_segment *s)
{
    if (!reset_read(skb, p, s) || bpf_skb_change_tail(skb, p->l4_offset + sizeof(struct tcphdr), 0))
        return false;
    skb->mark = CHAOS_MARK;
    return true;
}

/* What left by the loopback device comes in there by itself, with a route, without which it would be refused. */
static __always_inline __u64 reset_way_back(const struct __sk_buff *skb, bool egress)
{
    return egress && skb->ifindex != RESET_LOOPBACK ? BPF_F_INGRESS : 0;
}

static __always_inline bool reset_sender(struct __sk_buff *skb, const struct packet *p, bool egress, int *verdict)
{
    struct reset_segment s = {};
    if (!reset_begin(skb, p, &s))
        return false;
    if (!reset_write(skb, p, &s, true))
        *verdict = TCX_DROP; /* spoilt half way, which the resizing before it rules out as far as the kernel is known */
    else if (egress && skb->ifindex == RESET_LOOPBACK)
        *verdict = TCX_NEXT;
    else
        *verdict = bpf_redirect(skb->ifindex, reset_way_back(skb, egress));
    return true;
}

static __always_inline bool reset_both(struct __sk_buff *skb, const struct packet *p, bool egress, int *verdict)
{
    struct reset_segment s = {};
    if (!reset_begin(skb, p, &s))
        return false;
    *verdict = TCX_DROP;
    if (reset_write(skb, p, &s, true))
        bpf_clone_redirect(skb, skb->ifindex, reset_way_back(skb, egress));
    if (reset_write(skb, p, &s, false))
        *verdict = TCX_NEXT;
    return true;
}

#endif
