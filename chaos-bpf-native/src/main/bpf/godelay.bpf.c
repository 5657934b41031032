// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Holds the thread that makes a call by spinning in the kernel. Each turn reads a word of the thread's own stack by a
 * helper that may be scheduled away, so that other threads get the CPU. The goroutine keeps its processor (the P of the
 * Go scheduler): others run on the remaining ones, and the garbage collector waits when it has to stop the world.
 */
#include "godelay.h"
#include "go_gate.bpf.h"
#include "spin.bpf.h"

const volatile struct godelay_options options; /* .rodata, set before loading */
volatile __u64 none_left_ns;                   /* for so long calls were held on all of the program's processors */
volatile __u64 none_left_since;

struct signal_struct {
    unsigned int flags;
} __attribute__((preserve_access_index));

struct task_struct {
    struct signal_struct *signal;
} __attribute__((preserve_access_index));

#define SIGNAL_GROUP_EXIT 4

/* Killed, or left by another thread: what spins in the kernel would keep the process for as long. */
static __always_inline bool process_ends(void)
{
    struct task_struct *task = (struct task_struct *)bpf_get_current_task_btf();
    return task->signal->flags & SIGNAL_GROUP_EXIT;
}

static __always_inline bool spin_ends(const struct spin *spin, __u64 now)
{
    __u64 word;
    if (!chaos_active(now) || process_ends())
        return true;
    bpf_copy_from_user_task(&word, sizeof word, (void *)spin->stack, bpf_get_current_task_btf(), 0);
    return false;
}

static __always_inline void keep_processor(__u64 now)
{
    if (__sync_fetch_and_add(&held, 1) + 1 == options.processors)
        none_left_since = now;
}

static __always_inline void give_back_processor(__u64 now)
{
    if (__sync_fetch_and_add(&held, -1) == options.processors)
        __sync_fetch_and_add(&none_left_ns, now - none_left_since);
}

SEC("uprobe.s")
int go_delay(struct go_context *ctx)
{
    __u64 start, n;
    if (go_idle())
        return 0;
    start = bpf_ktime_get_ns();
    if (!go_call_is_taken(GO_G(ctx), start, &n))
        return 0;
    chaos_count_hit(start, 0);
    struct spin spin = {.until = start + choice_latency_ns(&choice, n, options.latency_ns, options.jitter_ns),
                        .stack = GO_SP(ctx)};
    keep_processor(start);
    __u64 now = spin_until(&spin);
    held_note(start, spin.until, now); /* before it counts as let go: off tells then what was cut */
    give_back_processor(now);
    return 0;
}
