// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Recognize a DNS query on its way out, and read its question. */
#ifndef DNS_QUERY_BPF_H
#define DNS_QUERY_BPF_H

#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/udp.h>

#define DNS_PORT 53
#define DNS_WIRE_MAX 255     /* bytes of a name, with its length octets */
#define IPV4_FRAGMENT 0x3fff /* offset and "more fragments" */
#define DNS_QR_OPCODE 0xf800
#define DNS_CLASS_IN 1

struct dns_header {
    __be16 id, flags, questions, answers, authorities, additionals;
};

struct query {
    __u32 l4;        /* offset of the UDP header in the packet */
    __u32 name_size; /* on the wire, with the root's octet */
    __u16 qtype;
    bool ipv6;
    bool edns;
    struct dns_header header;
};

/* One per CPU: too large for the stack. */
struct scratch {
    __u8 question[512]; /* 255 + 4 + 11 are used; a power of two keeps the verifier content */
    union dns_text forwards;
    struct dns_name name;
    struct dns_seen seen;
    __u8 answer[320]; /* the UDP datagram: 8 + 12 + 259 + 28 + 11 at most */
};

struct {
    __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
    __uint(max_entries, 1);
    __type(key, __u32);
    __type(value, struct scratch);
} scratches SEC(".maps");

struct name_walk {
    struct scratch *scratch;
    __u32 next; /* where the next length octet is */
    __u32 size; /* of the whole name, 0 until its end was found */
};

/* Octet i of the name: a length becomes a dot, but for the first, a letter lower case. Loops are callbacks: unrolled,
 * the verifier quits. */
static int walk_octet(__u32 i, struct name_walk *walk)
{
    if (i >= DNS_WIRE_MAX)
        return 1;
    __u8 octet = walk->scratch->question[i];
    if (i == walk->next) {
        if (octet == 0) {
            walk->size = i + 1;
            return 1;
        }
        if (octet > 63) /* a compression pointer, which no resolver puts into a question */
            return 1;
        walk->next = i + 1 + octet;
        octet = '.';
    } else if (octet >= 'A' && octet <= 'Z') {
        octet |= 0x20;
    } else if (octet == 0) { /* would look like the end of a name */
        return 1;
    }
    if (i > 0)
        walk->scratch->forwards.octet[i - 1] = octet;
    return 0;
}

static int reverse_octet(__u32 i, struct name_walk *walk)
{
    __u32 from = walk->size - 3 - i;
    if (i >= DNS_WIRE_MAX || from >= DNS_WIRE_MAX)
        return 1;
    walk->scratch->name.text.octet[i] = walk->scratch->forwards.octet[from];
    return 0;
}

/* Its size on the wire; 0 for what is none. */
static __always_inline __u32 read_name(struct scratch *scratch)
{
    struct name_walk walk = {.scratch = scratch};
    __builtin_memset(&scratch->forwards, 0, sizeof scratch->forwards);
    __builtin_memset(&scratch->name, 0, sizeof scratch->name);
    bpf_loop(DNS_WIRE_MAX, walk_octet, &walk, 0);
    if (walk.size == 0)
        return 0;
    if (walk.size > 2) {
        scratch->name.length = walk.size - 2;
        bpf_loop(walk.size - 2, reverse_octet, &walk, 0);
    }
    return walk.size;
}

/* The offset of the UDP header of an unfragmented datagram without IP options, or 0. */
static __always_inline __u32 find_udp(struct __sk_buff *skb, bool *ipv6)
{
    if (skb->protocol == bpf_htons(ETH_P_IP)) {
        struct iphdr ip;
        if (bpf_skb_load_bytes(skb, ETH_HLEN, &ip, sizeof ip))
            return 0;
        bool plain = ip.version == 4 && ip.ihl == 5 && !(ip.frag_off & bpf_htons(IPV4_FRAGMENT));
        return plain && ip.protocol == IPPROTO_UDP ? ETH_HLEN + sizeof ip : 0;
    }
    if (skb->protocol == bpf_htons(ETH_P_IPV6)) {
        struct ipv6hdr ip;
        if (bpf_skb_load_bytes(skb, ETH_HLEN, &ip, sizeof ip) || ip.version != 6)
            return 0;
        *ipv6 = true;
        return ip.nexthdr == IPPROTO_UDP ? ETH_HLEN + sizeof ip : 0;
    }
    return 0;
}

/* Copy what follows the DNS header to the scratch area; false when this is no query with one question. */
static __always_inline bool load_question(struct __sk_buff *skb, struct scratch *scratch, struct query *query)
{
    struct udphdr udp;
    if (bpf_skb_load_bytes(skb, query->l4, &udp, sizeof udp) || udp.dest != bpf_htons(DNS_PORT))
        return false;
    __u32 start = query->l4 + sizeof udp + sizeof query->header;
    __u32 end = query->l4 + bpf_ntohs(udp.len);
    if (end > skb->len || end < start + 5)
        return false;
    if (bpf_skb_load_bytes(skb, query->l4 + sizeof udp, &query->header, sizeof query->header))
        return false;
    if (query->header.flags & bpf_htons(DNS_QR_OPCODE) || query->header.questions != bpf_htons(1))
        return false;

    __builtin_memset(scratch->question, 0, sizeof scratch->question);
    __u32 size = end - start;
    if (size > DNS_WIRE_MAX + 4 + 11)
        size = DNS_WIRE_MAX + 4 + 11;
    barrier_var(size);
    if (size < 5 || size > sizeof scratch->question)
        return false;
    return !bpf_skb_load_bytes(skb, start, scratch->question, size);
}

static __always_inline bool read_query(struct __sk_buff *skb, struct scratch *scratch, struct query *query)
{
    query->l4 = find_udp(skb, &query->ipv6);
    if (!query->l4 || !load_question(skb, scratch, query))
        return false;
    __u32 size = read_name(scratch);
    barrier_var(size);
    if (size < 1 || size > DNS_WIRE_MAX)
        return false;
    const __u8 *after = scratch->question + size;
    if (after[2] != 0 || after[3] != DNS_CLASS_IN)
        return false;
    query->name_size = size;
    query->qtype = (__u16)(after[0] << 8 | after[1]);
    query->edns = query->header.additionals && after[4] == 0 && after[5] == 0 && after[6] == DNS_TYPE_OPT;
    return true;
}

#endif
