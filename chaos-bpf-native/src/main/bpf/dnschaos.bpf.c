// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * DNS fault at the egress of a device: a query over UDP whose name and type are chosen is answered on the spot, or
 * vanishes. Queries over TCP, in fragments, with IP options or extension headers, and encrypted ones pass.
 */
#include "dns.h"
#include "tcx.bpf.h"

#include "dns_answer.bpf.h"
#include "dns_query.bpf.h"
#include "older.bpf.h"

#define LOOPBACK_IFINDEX 1 /* in every network namespace */

__u64 dropped;
__u64 taken;
__u64 hit_a, hit_aaaa; /* of the hits; the rest asked for other types */

/* The C side sets how many. */
struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, DNS_PATTERNS_MAX);
    __type(key, __u32);
    __type(value, struct dns_pattern);
} patterns SEC(".maps");

/* What was asked while on, for the message when nothing matched. Full is full: the first few names are kept. */
struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, DNS_SEEN_MAX);
    __type(key, struct dns_seen);
    __type(value, __u64);
} names SEC(".maps");

static __always_inline void note_name(struct scratch *scratch, __u16 qtype)
{
    scratch->seen.qtype = qtype;
    __builtin_memcpy(scratch->seen.name, scratch->name.text.octet, sizeof scratch->seen.name);
    __u64 *count = bpf_map_lookup_elem(&names, &scratch->seen);
    if (count) {
        __sync_fetch_and_add(count, 1);
        return;
    }
    __u64 first = 1;
    bpf_map_update_elem(&names, &scratch->seen, &first, BPF_NOEXIST);
}

static __always_inline bool wants_type(__u16 qtype)
{
    for (__u32 i = 0; i < DNS_QTYPES_MAX; i++)
        if (i < options.qtype_count && options.qtypes[i] == qtype)
            return true;
    return options.qtype_count == 0;
}

struct pattern_search {
    const struct scratch *scratch;
    __u64 found;
};

static int try_pattern(__u32 i, struct pattern_search *search)
{
    const struct dns_pattern *pattern = bpf_map_lookup_elem(&patterns, &i);
    if (!pattern)
        return 1;
    const struct scratch *scratch = search->scratch;
    const union dns_text *name = pattern->forwards ? &scratch->forwards : &scratch->name.text;
    search->found = dns_pattern_fits(pattern, name, scratch->name.length);
    return search->found;
}

static __always_inline bool wants_name(const struct scratch *scratch)
{
    struct pattern_search search = {.scratch = scratch};
    bpf_loop(options.pattern_count, try_pattern, &search, 0);
    return search.found;
}

/* A lookup asks for both families at once, so that queries say little of how many lookups were hit. */
static __always_inline void count_hit(__u64 now, __u32 bytes, __u16 qtype)
{
    chaos_count_hit(now, bytes);
    if (qtype == DNS_TYPE_A)
        __sync_fetch_and_add(&hit_a, 1);
    if (qtype == DNS_TYPE_AAAA)
        __sync_fetch_and_add(&hit_aaaa, 1);
}

/* What leaves by the loopback device comes back by itself, with the route without which it would be refused there. */
static __always_inline int send_back(struct __sk_buff *skb)
{
    return skb->ifindex == LOOPBACK_IFINDEX ? TCX_NEXT : bpf_redirect(skb->ifindex, BPF_F_INGRESS);
}

SEC("tc")
int dns_egress(struct __sk_buff *skb)
{
    if (chaos_idle(skb))
        return TCX_NEXT;
    __u64 now = bpf_ktime_get_ns();
    note_older(skb, now);
    __u32 zero = 0;
    struct scratch *scratch = bpf_map_lookup_elem(&scratches, &zero);
    struct query query = {};
    if (!scratch || !read_query(skb, scratch, &query))
        return TCX_NEXT;

    bool active = chaos_active(now);
    if (active) {
        __sync_fetch_and_add(&control.seen, 1);
        note_name(scratch, query.qtype);
    }
    if (!wants_type(query.qtype) || !wants_name(scratch))
        return TCX_NEXT;
    if (!active) {
        chaos_note_clean(now);
        return TCX_NEXT;
    }
    if (!choice_takes(&options.choice, __sync_fetch_and_add(&control.matched, 1), &taken))
        return TCX_NEXT;

    __u32 bytes = skb->len;
    if (options.action == DNS_DROP) {
        __sync_fetch_and_add(&dropped, 1);
        count_hit(now, bytes, query.qtype);
        return chaos_drop_silently();
    }
    int rc = answer_query(skb, scratch, &query);
    if (rc < 0)
        return TCX_NEXT;
    if (rc > 0)
        return TCX_DROP;
    count_hit(now, bytes, query.qtype);
    return send_back(skb);
}
