// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Recognize a DNS query on its way out, and read its question. */
#ifndef DNS_QUERY_BPF_H
#define DNS_QUERY_BPF_H

#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <linux/udp.h>

#define DNS_PORT 53
#define DNS_WIRE_MAX 255                         /* bytes of a name, with its length octets */
#define DNS_QUESTION_MAX (DNS_WIRE_MAX + 4 + 11) /* with type, class, and an OPT record */
#define IPV4_FRAGMENT 0x3fff                     /* offset and "more fragments" */
#define DNS_QR_OPCODE 0xf800
#define DNS_CLASS_IN 1

struct dns_header {
    __be16 id, flags, questions, answers, authorities, additionals;
};

struct query {
    __u32 l4;           /* offset of the UDP or TCP header in the packet */
    __u32 message, end; /* offsets of the DNS message, and of what follows it */
    __u32 name_size;    /* on the wire, with the root's octet */
    __u16 qtype;
    bool ipv6, tcp;
    bool edns;
    struct dns_header header;
};

/* One per CPU: too large for the stack. */
struct scratch {
    __u8 question[512]; /* a power of two keeps the verifier content */
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

/* Octet i of the name: a length becomes a dot, a letter lower case. Loops are callbacks: unrolled,
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
    __u32 at = i - 1; /* without the first dot */
    barrier_var(at);
    if (at < DNS_NAME_SIZE)
        walk->scratch->forwards.octet[at] = octet;
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

/* Where an unfragmented packet without IP options has its UDP or TCP header; false where it has none. */
static __always_inline bool find_transport(struct __sk_buff *skb, struct query *query)
{
    __u8 protocol = 0;
    if (skb->protocol == bpf_htons(ETH_P_IP)) {
        struct iphdr ip;
        if (bpf_skb_load_bytes(skb, ETH_HLEN, &ip, sizeof ip))
            return false;
        if (ip.version == 4 && ip.ihl == 5 && !(ip.frag_off & bpf_htons(IPV4_FRAGMENT)))
            protocol = ip.protocol;
        query->l4 = ETH_HLEN + sizeof ip;
    } else if (skb->protocol == bpf_htons(ETH_P_IPV6)) {
        struct ipv6hdr ip;
        if (bpf_skb_load_bytes(skb, ETH_HLEN, &ip, sizeof ip))
            return false;
        if (ip.version == 6)
            protocol = ip.nexthdr;
        query->l4 = ETH_HLEN + sizeof ip;
        query->ipv6 = true;
    }
    query->tcp = protocol == IPPROTO_TCP;
    return query->tcp || protocol == IPPROTO_UDP;
}

/* A datagram is one message. */
static __always_inline bool find_in_datagram(struct __sk_buff *skb, struct query *query)
{
    struct udphdr udp;
    if (bpf_skb_load_bytes(skb, query->l4, &udp, sizeof udp) || udp.dest != bpf_htons(DNS_PORT))
        return false;
    query->message = query->l4 + sizeof udp;
    query->end = query->l4 + bpf_ntohs(udp.len);
    return true;
}

/* In a stream its length goes ahead of a message; resolvers write both at once, and so begin a segment with them. */
static __always_inline bool find_in_segment(struct __sk_buff *skb, struct query *query)
{
    struct tcphdr tcp;
    if (bpf_skb_load_bytes(skb, query->l4, &tcp, sizeof tcp) || tcp.dest != bpf_htons(DNS_PORT))
        return false;
    query->end = query->l4 + tcp.doff * 4;
    return true;
}

/* The message that begins where the one before ends, or the segment does. */
static __always_inline bool find_next(struct __sk_buff *skb, struct query *query)
{
    __be16 length;
    if (bpf_skb_load_bytes(skb, query->end, &length, sizeof length))
        return false;
    query->message = query->end + sizeof length;
    query->end = query->message + bpf_ntohs(length);
    return true;
}

/* Copy what follows the DNS header to the scratch area; false when this is no query with one question. */
static __always_inline bool load_question(struct __sk_buff *skb, struct scratch *scratch, struct query *query)
{
    __u32 start = query->message + sizeof query->header;
    if (query->end > skb->len || query->end < start + 5)
        return false;
    if (bpf_skb_load_bytes(skb, query->message, &query->header, sizeof query->header))
        return false;
    if (query->header.flags & bpf_htons(DNS_QR_OPCODE) || query->header.questions != bpf_htons(1))
        return false;

    __builtin_memset(scratch->question, 0, sizeof scratch->question);
    __u64 size = query->end - start;
    if (size > DNS_QUESTION_MAX)
        size = DNS_QUESTION_MAX;
    size--; /* less one, one comparison, plus one: that is how the verifier of Linux 6.1 learns that it is above 0 */
    barrier_var(size);
    if (size >= DNS_QUESTION_MAX)
        return false;
    size++;
    barrier_var(size);
    return !bpf_skb_load_bytes(skb, start, scratch->question, size);
}

static __always_inline bool find_message(struct __sk_buff *skb, struct query *query)
{
    if (!find_transport(skb, query))
        return false;
    return query->tcp ? find_in_segment(skb, query) && find_next(skb, query) : find_in_datagram(skb, query);
}

/* What the message asks for. */
static __always_inline bool read_query(struct __sk_buff *skb, struct scratch *scratch, struct query *query)
{
    if (!load_question(skb, scratch, query))
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
