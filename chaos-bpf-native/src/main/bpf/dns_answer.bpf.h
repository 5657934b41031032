// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Turn a query into its answer and send it back up the way it came. */
#ifndef DNS_ANSWER_BPF_H
#define DNS_ANSWER_BPF_H

#include "checksum.bpf.h"
#include "dns_query.bpf.h"
#include "random.h"

#define DNS_QR_RA 0x8080
#define DNS_RD_CD 0x0110         /* copied from the query */
#define DNS_QUESTION_NAME 0xc00c /* a pointer to the name in the question */
#define EDNS_UDP_SIZE 1232
#define TTL 64

const volatile struct dns_options options;

__u64 answered;

struct record {
    __be16 name, type, class;
    __be32 ttl;
    __be16 size;
    __be32 data[4];
} __attribute__((packed));

struct edns {
    __u8 root;
    __be16 type, udp_size;
    __u8 extended_rcode, version;
    __be16 flags, size;
} __attribute__((packed));

/* The n-th address of a run depends on the seed only. */
static __always_inline __u64 random_bits(__u64 n)
{
    return random_mix(options.seed + n * RANDOM_STEP);
}

/* Benchmarking and documentation prefixes: nobody lives there. Not 198.18.0.0/16, which local test networks use. */
static __always_inline void fill_random(struct record *record, bool v4)
{
    __u64 low = random_bits(2 * answered), high = random_bits(2 * answered + 1);
    record->data[0] = v4 ? bpf_htonl(0xc6130000 | (low & 0xffff)) : bpf_htonl(0x20010db8);
    if (v4)
        return;
    record->data[1] = low >> 32;
    record->data[2] = low;
    record->data[3] = high;
}

static __always_inline void fill_given(struct record *record, bool v4)
{
    if (v4) {
        record->data[0] = options.v4;
        return;
    }
    for (int i = 0; i < 4; i++)
        record->data[i] = options.v6[i];
}

/* Returns the size of the record, 0 when the answer has none. */
static __always_inline __u32 fill_record(struct record *record, __u16 qtype)
{
    bool random = options.action == DNS_RANDOM;
    bool v4 = qtype == DNS_TYPE_A && (random || options.has_v4);
    bool v6 = qtype == DNS_TYPE_AAAA && (random || options.has_v6);
    if (options.action == DNS_EMPTY || !(v4 || v6))
        return 0;
    record->name = bpf_htons(DNS_QUESTION_NAME);
    record->type = bpf_htons(qtype);
    record->class = bpf_htons(DNS_CLASS_IN);
    record->ttl = bpf_htonl(options.ttl);
    record->size = bpf_htons(v4 ? 4 : 16);
    if (random)
        fill_random(record, v4);
    else
        fill_given(record, v4);
    return v4 ? sizeof *record - 12 : sizeof *record;
}

static __always_inline __u32 fill_edns(struct edns *edns)
{
    edns->type = bpf_htons(DNS_TYPE_OPT);
    edns->udp_size = bpf_htons(EDNS_UDP_SIZE);
    return sizeof *edns;
}

/* Returns the size of the datagram in scratch->answer, still without checksum; 0 on failure. */
static __always_inline __u32 build_answer(struct __sk_buff *skb, struct scratch *scratch, const struct query *query)
{
    __u8 *answer = scratch->answer;
    __u32 size = sizeof(struct udphdr) + sizeof(struct dns_header) + query->name_size + 4;
    __builtin_memset(scratch->answer, 0, sizeof scratch->answer);
    barrier_var(size);
    if (size < 25 || size > 279 || bpf_skb_load_bytes(skb, query->l4, answer, size))
        return 0;

    __u32 record = fill_record((struct record *)(answer + size), query->qtype);
    __u32 edns = query->edns ? fill_edns((struct edns *)(answer + size + record)) : 0;
    size += record + edns;

    struct udphdr *udp = (struct udphdr *)answer;
    udp->dest = udp->source;
    udp->source = bpf_htons(DNS_PORT);
    udp->len = bpf_htons(size);
    udp->check = 0;
    struct dns_header *header = (struct dns_header *)(udp + 1);
    header->flags = (query->header.flags & bpf_htons(DNS_RD_CD)) | bpf_htons(DNS_QR_RA | options.flags);
    header->answers = bpf_htons(record ? 1 : 0);
    header->authorities = 0;
    header->additionals = bpf_htons(edns ? 1 : 0);
    return size;
}

/* The rest of the area is zero, so that its sum is that of the datagram. */
static __always_inline void fill_checksum(struct scratch *scratch, __be32 *pseudo, __u32 pseudo_size)
{
    struct udphdr *udp = (struct udphdr *)scratch->answer;
    __s64 sum = bpf_csum_diff(NULL, 0, pseudo, pseudo_size, 0);
    sum = bpf_csum_diff(NULL, 0, (__be32 *)scratch->answer, sizeof scratch->answer, sum);
    udp->check = checksum_fold(sum);
    if (!udp->check) /* which would mean "none" */
        udp->check = 0xffff;
}

static __always_inline int turn_ipv4(struct __sk_buff *skb, struct scratch *scratch, __u32 size)
{
    struct iphdr ip;
    if (bpf_skb_load_bytes(skb, ETH_HLEN, &ip, sizeof ip))
        return -1;
    __be32 from = ip.saddr;
    ip.saddr = ip.daddr;
    ip.daddr = from;
    ip.tot_len = bpf_htons(sizeof ip + size);
    ip.ttl = TTL;
    ip.check = 0;
    ip.check = checksum_fold(bpf_csum_diff(NULL, 0, (__be32 *)&ip, sizeof ip, 0));
    __be32 pseudo[3] = {ip.saddr, ip.daddr, bpf_htonl(IPPROTO_UDP << 16 | size)};
    fill_checksum(scratch, pseudo, sizeof pseudo);
    return bpf_skb_store_bytes(skb, ETH_HLEN, &ip, sizeof ip, 0);
}

static __always_inline int turn_ipv6(struct __sk_buff *skb, struct scratch *scratch, __u32 size)
{
    struct {
        struct in6_addr source, dest;
        __be32 size, protocol;
    } pseudo = {.size = bpf_htonl(size), .protocol = bpf_htonl(IPPROTO_UDP)};
    struct ipv6hdr ip;
    if (bpf_skb_load_bytes(skb, ETH_HLEN, &ip, sizeof ip))
        return -1;
    pseudo.source = ip.daddr;
    pseudo.dest = ip.saddr;
    ip.saddr = pseudo.source;
    ip.daddr = pseudo.dest;
    ip.payload_len = bpf_htons(size);
    ip.hop_limit = TTL;
    fill_checksum(scratch, (__be32 *)&pseudo, sizeof pseudo);
    return bpf_skb_store_bytes(skb, ETH_HLEN, &ip, sizeof ip, 0);
}

static __always_inline int turn_ethernet(struct __sk_buff *skb)
{
    struct ethhdr ethernet, turned;
    if (bpf_skb_load_bytes(skb, 0, &ethernet, sizeof ethernet))
        return -1;
    __builtin_memcpy(turned.h_dest, ethernet.h_source, ETH_ALEN);
    __builtin_memcpy(turned.h_source, ethernet.h_dest, ETH_ALEN);
    turned.h_proto = ethernet.h_proto;
    return bpf_skb_store_bytes(skb, 0, &turned, sizeof turned, 0);
}

/*
 * Make the packet the answer to itself. Returns 0; -1 when it could not be and is still the query; 1 when it was spoilt
 * half way, which the resizing before it rules out as far as the kernel is known.
 */
static __always_inline int answer_query(struct __sk_buff *skb, struct scratch *scratch, const struct query *query)
{
    __u32 size = build_answer(skb, scratch, query);
    if (!size || bpf_skb_change_tail(skb, query->l4 + size, 0))
        return -1;
    int rc = query->ipv6 ? turn_ipv6(skb, scratch, size) : turn_ipv4(skb, scratch, size);
    barrier_var(size);
    if (size < 1 || size > sizeof scratch->answer)
        return 1;
    if (rc || bpf_skb_store_bytes(skb, query->l4, scratch->answer, size, 0) || turn_ethernet(skb))
        return 1;
    __sync_fetch_and_add(&answered, 1);
    return 0;
}

#endif
