// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Holds the goroutine that makes a call, where a program may not write registers: a signal to its thread stops that for
 * the helper's tracer, which writes them (go_turn.h). To be sent again each time the goroutine comes back, until its
 * time is over. Without a tracer no signal is sent, and the call goes on.
 */
#include "gotrace.h"
#include "go_hold.bpf.h"

struct task_struct {
    unsigned int ptrace;
} __attribute__((preserve_access_index));

static __always_inline bool is_traced(void)
{
    struct task_struct *task = (struct task_struct *)bpf_get_current_task_btf();
    return task->ptrace;
}

/* Its thread is not the tracer's, or not any more. */
static __always_inline void pass(__u64 g, __u64 now)
{
    struct go_held *hold = hold_of(g);
    if (hold)
        hold_end(g, hold, now);
    else if (chaos_active(now))
        __sync_fetch_and_add(&unfit, 1);
}

static __always_inline void stop(__u64 g, struct go_held *hold, __u64 now)
{
    if (hold && bpf_send_signal_thread(GOTRACE_SIGNAL))
        hold_end(g, hold, now);
}

/* Where its stack would grow: else that has really to grow, or its time is over by now. */
static __always_inline bool is_to_sleep(__u64 g, __u64 now)
{
    const struct go_held *hold = hold_of(g);
    return hold && now < hold->until && chaos_active(now);
}

SEC("uprobe")
int go_trace(struct go_context *ctx)
{
    if (go_idle() && !held)
        return 0;
    __u64 g = GO_G(ctx), now = bpf_ktime_get_ns();
    if (!is_traced())
        pass(g, now);
    else if (bpf_get_attach_cookie(ctx) == GOTRACE_ENTRY)
        stop(g, hold_at_entry(g, now), now);
    else if (is_to_sleep(g, now))
        bpf_send_signal_thread(GOTRACE_SIGNAL);
    return 0;
}
