// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* A packet is copied to a ring buffer, which is the queue of a delay line: the C side sends it again when it is due. */
#ifndef CAPTURE_BPF_H
#define CAPTURE_BPF_H

#include "checksum.bpf.h"
#include "delay.h"
#include "packet.bpf.h"

/* The C side sets the real sizes before loading: a page for one that is not used. */
struct ring {
    __uint(type, BPF_MAP_TYPE_RINGBUF);
    __uint(max_entries, DELAY_RING_SIZE);
};

/* So much in a ring, and the thread has to make room; set before loading. 0: it has none to make. */
const volatile __u32 ring_high;

volatile __u64 full;    /* refused because the queue had no room */
volatile __u64 skipped; /* passed undelayed because it cannot be sent again as it is */

enum captured {
    CAPTURED, /* it has to vanish here */
    PASSED,   /* goes on undelayed */
    REFUSED,  /* drop it, as a full queue does: what passed would overtake all that is held */
};

/* Of its own accord the ring rouses the thread only when nothing was held. */
static __always_inline __u64 wakeup(void *ring)
{
    return ring_high && bpf_ringbuf_query(ring, BPF_RB_AVAIL_DATA) > ring_high ? BPF_RB_FORCE_WAKEUP : 0;
}

/* `room` has to be a constant for the verifier, so there are a few sizes to choose from. */
static __always_inline enum captured capture_into(struct __sk_buff *skb, void *ring, const struct packet *p, __u64 now,
                                                  bool partial, __u32 room)
{
    struct delay_record *record = bpf_ringbuf_reserve(ring, sizeof *record + room, 0);
    if (!record) {
        __sync_fetch_and_add(&full, 1);
        return REFUSED;
    }
    /* In 64 bits, less one, one comparison, plus one: that is how the verifier of Linux 6.1 learns that 1 <= length <=
     * room. */
    __u64 length = (__u64)skb->len - 1;
    asm volatile("" : "+r"(length));
    if (length >= room)
        goto discard;
    length++;
    asm volatile("" : "+r"(length));
    if (bpf_skb_load_bytes(skb, 0, record->frame, length))
        goto discard;
    record->captured_ns = now;
    record->length = length;
    record->gso_size = skb->gso_size;
    record->l4_offset = p->l4_offset;
    record->l4_protocol = p->protocol;
    record->ipv6 = p->ipv6;
    record->partial_checksum = partial;
    bpf_ringbuf_submit(record, wakeup(ring));
    return CAPTURED;

discard:
    bpf_ringbuf_discard(record, BPF_RB_NO_WAKEUP);
    __sync_fetch_and_add(&skipped, 1);
    return PASSED;
}

static __always_inline enum captured capture(struct __sk_buff *skb, void *ring, const struct packet *p, __u64 now)
{
    bool partial = checksum_is_partial(skb);
    __u32 length = skb->len;
    /* A tunnel's super-packet or an SCTP checksum needs more than AF_PACKET can be told: let it pass rather than break
     * it. */
    if (length > DELAY_MAX_FRAME || ((partial || skb->gso_size) && !p->l4_offset)) {
        __sync_fetch_and_add(&skipped, 1);
        return PASSED;
    }
    if (length <= 256)
        return capture_into(skb, ring, p, now, partial, 256);
    if (length <= 1600)
        return capture_into(skb, ring, p, now, partial, 1600);
    if (length <= 9216)
        return capture_into(skb, ring, p, now, partial, 9216);
    if (length <= 32768)
        return capture_into(skb, ring, p, now, partial, 32768);
    return capture_into(skb, ring, p, now, partial, DELAY_MAX_FRAME);
}

#endif
