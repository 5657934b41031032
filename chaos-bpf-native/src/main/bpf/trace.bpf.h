// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Whether a TCP segment begins the HTTP/1.1 request that belongs to a trace: its first bytes are a method's, and among
 * the header fields that it holds is `traceparent: 00-ID`, its name in any case. What cannot be told so is counted.
 */
#ifndef TRACE_BPF_H
#define TRACE_BPF_H

#include <linux/tcp.h>

#include "packet.bpf.h"
#include "trace.h"

#define TRACE_NAME_SIZE 12    /* of trace_name */
#define TRACE_VERSION_SIZE 3  /* of trace_version */
#define TRACE_OTHER_FIELD 255 /* the line is no field of that name, or has another id */

const volatile struct trace_filter trace; /* .rodata, set before loading */
const volatile __u8 trace_name[] = "traceparent:", trace_version[] = "00-";
volatile struct trace_counts trace_seen;

struct trace_head {
    __u8 byte[TRACE_HEAD_SIZE];
};

/* One per CPU: too large for the stack. */
struct {
    __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
    __uint(max_entries, 1);
    __type(key, __u32);
    __type(value, struct trace_head);
} trace_heads SEC(".maps");

struct trace_walk {
    const struct trace_head *head;
    __u32 at; /* so many characters of the field are as wanted */
    bool empty, found, ended;
};

/* Whether the line's next character is as wanted. */
static __always_inline bool trace_goes_on(__u32 at, __u8 c)
{
    if (at < TRACE_NAME_SIZE)
        return (c >= 'A' && c <= 'Z' ? c | 0x20 : c) == trace_name[at];
    at -= TRACE_NAME_SIZE;
    barrier_var(at);
    if (at < TRACE_VERSION_SIZE)
        return c == trace_version[at];
    at -= TRACE_VERSION_SIZE;
    barrier_var(at);
    return at < TRACE_ID_SIZE && c == trace.id[at];
}

/* Character i of the head. Loops are callbacks: unrolled, the verifier quits. */
static int trace_walk_on(__u32 i, struct trace_walk *walk)
{
    if (i >= TRACE_HEAD_SIZE)
        return 1;
    __u8 c = walk->head->byte[i];
    if (c == '\n') {
        if (walk->empty) {
            walk->ended = true;
            return 1;
        }
        walk->empty = true;
        walk->at = 0;
        return 0;
    }
    if (c == '\r')
        return 0;
    walk->empty = false;
    __u32 at = walk->at;
    barrier_var(at);
    if (at == TRACE_OTHER_FIELD || (at == TRACE_NAME_SIZE && (c == ' ' || c == '\t')))
        return 0;
    walk->at = trace_goes_on(at, c) ? at + 1 : TRACE_OTHER_FIELD;
    if (walk->at != TRACE_NAME_SIZE + TRACE_VERSION_SIZE + TRACE_ID_SIZE)
        return 0;
    walk->found = true;
    return 1;
}

#define TRACE_WORD(a, b, c, d) bpf_htonl((__u32)(a) << 24 | (b) << 16 | (c) << 8 | (d))

static __always_inline bool trace_is_method(__u32 word)
{
    return word == TRACE_WORD('G', 'E', 'T', ' ') || word == TRACE_WORD('P', 'O', 'S', 'T') ||
           word == TRACE_WORD('P', 'U', 'T', ' ') || word == TRACE_WORD('H', 'E', 'A', 'D') ||
           word == TRACE_WORD('D', 'E', 'L', 'E') || word == TRACE_WORD('P', 'A', 'T', 'C') ||
           word == TRACE_WORD('O', 'P', 'T', 'I') || word == TRACE_WORD('C', 'O', 'N', 'N') ||
           word == TRACE_WORD('T', 'R', 'A', 'C');
}

/* Records of TLS: 20 to 23, and a version that begins with 3. */
static __always_inline bool trace_is_tls(const __u8 *first)
{
    return first[0] >= 20 && first[0] <= 23 && first[1] == 3;
}

static __always_inline bool trace_in_head(struct __sk_buff *skb, __u32 start, bool count)
{
    const __u32 zero = 0;
    struct trace_head *head = bpf_map_lookup_elem(&trace_heads, &zero);
    __u64 size = (__u64)skb->len - start;
    if (!head || start >= skb->len)
        return false;
    if (size > TRACE_HEAD_SIZE)
        size = TRACE_HEAD_SIZE;
    size--; /* less one, one comparison, plus one: that is how the verifier of Linux 6.1 learns that it is above 0 */
    barrier_var(size);
    if (size >= TRACE_HEAD_SIZE)
        return false;
    size++;
    barrier_var(size);
    if (bpf_skb_load_bytes(skb, start, head->byte, size))
        return false;
    struct trace_walk walk = {.head = head, .at = TRACE_OTHER_FIELD};
    bpf_loop(size, trace_walk_on, &walk, 0);
    if (count) {
        __sync_fetch_and_add(&trace_seen.requests, 1);
        if (!walk.found && !walk.ended)
            __sync_fetch_and_add(&trace_seen.cut, 1);
    }
    return walk.found;
}

/* Whether the packet is the beginning of the request that is meant, or none is; `count`: what is seen. */
static __always_inline bool trace_is_meant(struct __sk_buff *skb, const struct packet *p, bool count)
{
    struct tcphdr tcp;
    union {
        __u8 byte[4];
        __u32 word;
    } first;
    if (!trace.wanted)
        return true;
    if (p->protocol != IPPROTO_TCP || !p->l4_offset || bpf_skb_load_bytes(skb, p->l4_offset, &tcp, sizeof tcp))
        return false;
    __u32 start = p->l4_offset + tcp.doff * 4;
    if (bpf_skb_load_bytes(skb, start, &first, sizeof first))
        return false;
    if (trace_is_method(first.word))
        return trace_in_head(skb, start, count);
    if (count && first.word == TRACE_WORD('P', 'R', 'I', ' '))
        __sync_fetch_and_add(&trace_seen.http2, 1);
    if (count && trace_is_tls(first.byte))
        __sync_fetch_and_add(&trace_seen.tls, 1);
    return false;
}

#endif
