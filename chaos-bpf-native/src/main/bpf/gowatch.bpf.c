// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * How far a Go program goes on while some of its goroutines are held: how long the world is stopped, from the request
 * to stop it, and how long goroutines that can run wait until they do. Before the fault and during it.
 */
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

SEC("uprobe")
int stop_the_world(struct go_context *ctx)
{
    (void)ctx;
    stopping_since = bpf_ktime_get_ns();
    return 0;
}

SEC("uprobe")
int start_the_world(struct go_context *ctx)
{
    (void)ctx;
    __u64 since = stopping_since;
    stopping_since = 0;
    if (since)
        record(&pause_before, &pause_during, bpf_ktime_get_ns() - since);
    return 0;
}

/* runtime.ready(gp, …): what waited for something can run again. */
SEC("uprobe")
int become_ready(struct go_context *ctx)
{
    __u64 g = GO_ARG1(ctx), now = bpf_ktime_get_ns();
    bpf_map_update_elem(&ready, &g, &now, BPF_ANY);
    return 0;
}

/* runtime.execute(gp, …): it runs. */
SEC("uprobe")
int execute(struct go_context *ctx)
{
    __u64 g = GO_ARG1(ctx), *since = bpf_map_lookup_elem(&ready, &g);
    if (!since)
        return 0;
    record(&wait_before, &wait_during, bpf_ktime_get_ns() - *since);
    bpf_map_delete_elem(&ready, &g);
    return 0;
}
