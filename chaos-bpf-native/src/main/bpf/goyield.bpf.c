// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Holds the goroutine that makes a call, and not its thread: it gives up its processor again and again until its time
 * is over. The call is sent to where the function has its stack grown, which keeps the arguments, calls the runtime and
 * comes back to the entry; the call of the runtime becomes one of runtime.Gosched. Without these programs, as when the
 * helper dies in between, the stack grows for no reason and the call goes on. Needs a kernel where a program at a
 * uprobe may write registers.
 */
#include "go_gate.bpf.h"
#include "godelay.h"
#include "hist.bpf.h"

#define MAX_HELD 16384

const volatile struct godelay_options options; /* .rodata, set before loading */
volatile __u64 held;                           /* calls that are being held now */
volatile __u64 cut;                            /* calls that went on early, because the fault ended */
volatile struct hist delay_hist, error_hist;

struct hold {
    __u64 start, until;
    bool yields; /* on its way from the entry to the runtime */
};

static const struct hold fresh;

struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, MAX_HELD);
    __type(key, __u64); /* address of a runtime.g */
    __type(value, struct hold);
} holds SEC(".maps");

static __always_inline void give_up_processor(struct go_context *ctx, struct hold *hold)
{
    hold->yields = true;
    GO_IP(ctx) = options.growth;
}

static __always_inline void let_go(__u64 g, const struct hold *hold, __u64 now)
{
    if (now < hold->until) {
        __sync_fetch_and_add(&cut, 1);
    } else {
        hist_record(&delay_hist, (now - hold->start) / 1000);
        hist_record(&error_hist, (now - hold->until) / 1000);
    }
    bpf_map_delete_elem(&holds, &g);
    __sync_fetch_and_add(&held, -1);
}

/* Filled in after it is in the map, as a frame must stay small: go_gate.bpf.h. */
static __always_inline void begin(struct go_context *ctx, __u64 g, __u64 now)
{
    __u64 n;
    if (!go_call_is_taken(g, now, &n) || bpf_map_update_elem(&holds, &g, &fresh, BPF_NOEXIST))
        return;
    struct hold *hold = bpf_map_lookup_elem(&holds, &g);
    if (!hold)
        return;
    hold->start = now;
    hold->until = now + choice_latency_ns(&choice, n, options.latency_ns, options.jitter_ns);
    __sync_fetch_and_add(&held, 1);
    chaos_count_hit(now, 0);
    give_up_processor(ctx, hold);
}

SEC("uprobe")
int go_enter(struct go_context *ctx)
{
    if (go_idle() && !held)
        return 0;
    __u64 g = GO_G(ctx), now = bpf_ktime_get_ns();
    struct hold *hold = held ? bpf_map_lookup_elem(&holds, &g) : NULL;
    if (!hold)
        begin(ctx, g, now);
    else if (now < hold->until && chaos_active(now))
        give_up_processor(ctx, hold);
    else
        let_go(g, hold, now);
    return 0;
}

/* At runtime.morestack_noctxt, where all functions come whose stack really has to grow. */
SEC("uprobe")
int go_grow(struct go_context *ctx)
{
    if (!held)
        return 0;
    __u64 g = GO_G(ctx);
    struct hold *hold = bpf_map_lookup_elem(&holds, &g);
    if (!hold || !hold->yields)
        return 0;
    hold->yields = false;
    GO_IP(ctx) = options.gosched;
    return 0;
}
