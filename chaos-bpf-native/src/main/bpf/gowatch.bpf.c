// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * How far a Go program goes on while some of its goroutines are held: how long the world is stopped, from the request
 * to stop it, and how long goroutines that can run wait until they do. Before the fault and during it.
 */
#include "gowatch.h"
#include "go_context.bpf.h"
#include "hist.bpf.h"

#define MAX_WAITING 16384 /* goroutines; further ones push out the longest known */

volatile struct hist pause_before, pause_during;
volatile struct hist wait_before, wait_during;
volatile __u64 stopping_since; /* one stop at a time: the runtime has a lock for it */

struct {
    __uint(type, BPF_MAP_TYPE_LRU_HASH);
    __uint(max_entries, MAX_WAITING);
    __type(key, __u64); /* address of a runtime.g */
    __type(value, __u64);
} ready SEC(".maps");

static __always_inline void record(volatile struct hist *before, volatile struct hist *during, __u64 ns)
{
    if (control.mode == CHAOS_PASS)
        hist_record(before, ns / 1000);
    else if (control.mode == CHAOS_ON)
        hist_record(during, ns / 1000);
}

static __always_inline void world_starts(__u64 now)
{
    __u64 since = stopping_since;
    stopping_since = 0;
    if (since)
        record(&pause_before, &pause_during, now - since);
}

/* runtime.execute(gp, …): what waited for something runs. */
static __always_inline void goroutine_runs(__u64 g, __u64 now)
{
    __u64 *since = bpf_map_lookup_elem(&ready, &g);
    if (!since)
        return;
    record(&wait_before, &wait_during, now - *since);
    bpf_map_delete_elem(&ready, &g);
}

/* One program at all places, as each link takes its time to be closed. */
SEC("uprobe")
int go_watch(struct go_context *ctx)
{
    __u64 g = GO_ARG1(ctx), now = bpf_ktime_get_ns();
    switch (bpf_get_attach_cookie(ctx)) {
    case GO_STOPS:
        stopping_since = now;
        break;
    case GO_STARTS:
        world_starts(now);
        break;
    case GO_READY: /* runtime.ready(gp, …): it can run again */
        bpf_map_update_elem(&ready, &g, &now, BPF_ANY);
        break;
    case GO_EXECUTES:
        goroutine_runs(g, now);
        break;
    }
    return 0;
}
