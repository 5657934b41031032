// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * DNS fault at the egress of a device: a query over UDP whose name and type are chosen is answered on the spot, or
 * vanishes; over TCP it vanishes, or its connection is reset. Or it is held, and sent later by the C side. In
 * fragments, with IP options or extension headers, not at the begin of a TCP segment, and encrypted, queries pass.
 */
#include "capture.bpf.h"
#include "dns.h"
#include "tcx.bpf.h"

#include "dns_answer.bpf.h"
#include "dns_query.bpf.h"
#include "older.bpf.h"
#include "reset.bpf.h"

#define MOST_HELD 1600     /* bytes of a packet with a query */
#define LOOPBACK_IFINDEX 1 /* in every network namespace */

__u64 dropped, resets; /* the other hits were answered, or held */
__u64 taken;           /* of the choice */
__u64 hit_a, hit_aaaa; /* of the hits; the rest asked for other types */
__u64 hit_tcp;         /* of the hits */
__u64 passed_tcp;      /* what the answer to a query over UDP made them ask again */

/* The C side sets how many. */
struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, DNS_PATTERNS_MAX);
    __type(key, __u32);
    __type(value, struct dns_pattern);
} patterns SEC(".maps");

struct ring held_ring SEC(".maps");

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
static __always_inline void count_hit(__u64 now, __u32 bytes, const struct query *query)
{
    chaos_count_hit(now, bytes);
    if (query->qtype == DNS_TYPE_A)
        __sync_fetch_and_add(&hit_a, 1);
    if (query->qtype == DNS_TYPE_AAAA)
        __sync_fetch_and_add(&hit_aaaa, 1);
    if (query->tcp)
        __sync_fetch_and_add(&hit_tcp, 1);
}

/* What leaves by the loopback device comes back by itself, with the route without which it would be refused there. */
static __always_inline int send_back(struct __sk_buff *skb)
{
    return skb->ifindex == LOOPBACK_IFINDEX ? TCX_NEXT : bpf_redirect(skb->ifindex, BPF_F_INGRESS);
}

/* The message asks for what is meant, and is drawn. */
static __always_inline bool is_hit(struct __sk_buff *skb, struct scratch *scratch, struct query *query, bool active,
                                   __u64 now)
{
    if (!read_query(skb, scratch, query))
        return false;
    if (active) {
        __sync_fetch_and_add(&control.seen, 1);
        note_name(scratch, query->qtype);
    }
    if (!wants_type(query->qtype) || !wants_name(scratch))
        return false;
    if (!active) {
        chaos_note_clean(now);
        return false;
    }
    if (query->tcp && options.stream == DNS_STREAM_PASS) {
        __sync_fetch_and_add(&passed_tcp, 1);
        return false;
    }
    return choice_takes(&options.choice, __sync_fetch_and_add(&control.matched, 1), &taken);
}

static __always_inline int drop(__u64 now, __u32 bytes, const struct query *query)
{
    __sync_fetch_and_add(&dropped, 1);
    count_hit(now, bytes, query);
    return chaos_drop_silently();
}

/* Where there is no room to hold it, it is lost: sent on at once, it would overtake those that are held. */
static __always_inline int hold(struct __sk_buff *skb, __u64 now, const struct query *query)
{
    struct packet p = {};
    __u32 bytes = skb->len;
    if (bytes > MOST_HELD || !parse_packet(skb, &p))
        return TCX_NEXT;
    if (capture(skb, &held_ring, &p, now) == CAPTURED)
        count_hit(now, bytes, query);
    return chaos_drop_silently();
}

/* An answer in mid-stream would leave both ends with other sequence numbers, and other queries without theirs. */
static __always_inline int reset(struct __sk_buff *skb, __u64 now, const struct query *query)
{
    struct packet p = {};
    __u32 bytes = skb->len;
    int verdict;
    if (!parse_packet(skb, &p) || !reset_both(skb, &p, true, &verdict))
        return TCX_NEXT;
    __sync_fetch_and_add(&resets, 1);
    count_hit(now, bytes, query);
    return verdict;
}

static __always_inline int answer(struct __sk_buff *skb, struct scratch *scratch, __u64 now, const struct query *query)
{
    __u32 bytes = skb->len;
    int rc = answer_query(skb, scratch, query);
    if (rc < 0)
        return TCX_NEXT;
    if (rc > 0)
        return TCX_DROP;
    count_hit(now, bytes, query);
    return send_back(skb);
}

SEC("tc")
int dns_egress(struct __sk_buff *skb)
{
    if (chaos_idle(skb) || skb->mark == CHAOS_MARK_QUERY)
        return TCX_NEXT;
    __u64 now = bpf_ktime_get_ns();
    note_older(skb, now);
    __u32 zero = 0;
    struct scratch *scratch = bpf_map_lookup_elem(&scratches, &zero);
    struct query query = {};
    if (!scratch || !find_message(skb, &query))
        return TCX_NEXT;

    bool active = chaos_active(now);
    bool hit = is_hit(skb, scratch, &query, active, now);
    if (!hit && query.tcp && find_next(skb, &query)) /* glibc writes A and AAAA at once */
        hit = is_hit(skb, scratch, &query, active, now);
    if (!hit)
        return TCX_NEXT;
    if (options.action == DNS_DROP)
        return drop(now, skb->len, &query);
    if (options.action == DNS_DELAY)
        return hold(skb, now, &query);
    return query.tcp ? reset(skb, now, &query) : answer(skb, scratch, now, &query);
}
