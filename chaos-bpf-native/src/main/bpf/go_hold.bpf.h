// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* The goroutines that are being held, and until when: for mechanisms that hold a goroutine and not its thread. */
#ifndef GO_HOLD_BPF_H
#define GO_HOLD_BPF_H

#include "go_gate.bpf.h"
#include "go_holds.h"
#include "godelay.h"
#include "held.bpf.h"

const volatile struct godelay_options options; /* .rodata, set before loading */

static const struct go_held fresh;

struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, GO_MAX_HELD);
    __type(key, __u64); /* address of a runtime.g */
    __type(value, struct go_held);
} holds SEC(".maps");

static __always_inline void hold_end(__u64 g, const struct go_held *hold, __u64 now)
{
    if (now < hold->until || !hold->others)
        held_note(hold->start, hold->until, now);
    bpf_map_delete_elem(&holds, &g);
    __sync_fetch_and_add(&held, -1);
}

/* Filled in after it is in the map, as a frame must stay small: go_gate.bpf.h. */
static __always_inline struct go_held *hold_begin(__u64 g, __u64 now)
{
    __u64 n;
    if (!go_call_is_taken(g, now, &n) || bpf_map_update_elem(&holds, &g, &fresh, BPF_NOEXIST))
        return NULL;
    struct go_held *hold = bpf_map_lookup_elem(&holds, &g);
    if (!hold)
        return NULL;
    hold->start = now;
    hold->until = now + choice_latency_ns(&choice, n, options.latency_ns, options.jitter_ns);
    __sync_fetch_and_add(&held, 1);
    chaos_count_hit(now, 0);
    return hold;
}

static __always_inline struct go_held *hold_of(__u64 g)
{
    return held ? bpf_map_lookup_elem(&holds, &g) : NULL;
}

/* Where the function begins, and is come back to: the hold of a call that has to wait, NULL when it may go on. */
static __always_inline struct go_held *hold_at_entry(__u64 g, __u64 now)
{
    struct go_held *hold = hold_of(g);
    if (!hold)
        return hold_begin(g, now);
    if (now < hold->until && chaos_active(now))
        return hold;
    hold_end(g, hold, now);
    return NULL;
}

#endif
