// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Whose call it is, whether it is faulted, and holding it: for programs on io_uring's own functions. */
#ifndef URING_CALL_BPF_H
#define URING_CALL_BPF_H

#include "chaos.bpf.h"
#include "spin.bpf.h"
#include "uring_trampoline.h"

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

#pragma clang diagnostic ignored "-Wunused-parameter" /* BPF_PROG names all that a function is called with */

const volatile struct uring_trampoline options; /* .rodata, set before loading */
volatile __u64 taken;                           /* of the choice */

/* Only what is read of the kernel's own structures. */
struct ns_common___inum {
    unsigned int inum;
} __attribute__((preserve_access_index));
struct pid_namespace___ns {
    struct ns_common___inum ns;
} __attribute__((preserve_access_index));
struct nsproxy___pid {
    struct pid_namespace___ns *pid_ns_for_children;
} __attribute__((preserve_access_index));
struct task_struct___ns {
    struct nsproxy___pid *nsproxy;
} __attribute__((preserve_access_index));

/* io_uring's workers and its polling thread belong to the process they work for. */
static __always_inline bool uring_is_meant(void)
{
    struct task_struct___ns *task = (void *)bpf_get_current_task();
    return BPF_CORE_READ(task, nsproxy, pid_ns_for_children, ns.inum) == options.pid_namespace;
}

static __always_inline bool uring_idle(void)
{
    return control.mode == CHAOS_PASS || (control.mode == CHAOS_LIFTED && control.first_clean_ns);
}

/* Whether a call that matches is faulted; *n tells such calls apart. */
static __always_inline bool uring_takes(__u64 now, __u64 *n)
{
    if (!chaos_active(now)) {
        chaos_note_clean(now);
        return false;
    }
    *n = __sync_fetch_and_add(&control.matched, 1);
    return choice_takes(&options.choice, *n, &taken);
}

/*
 * Where the kernel is not preemptible the thread that renews the lease may wait for the CPU that we spin on: the lease
 * of a call that is held already runs out later than that of a new one.
 */
#define LEASE_GRACE_NS 500000000ULL

static __always_inline bool spin_ends(const struct spin *spin, __u64 now)
{
    (void)spin;
    return control.mode != CHAOS_ON || now > control.lease_until_ns + LEASE_GRACE_NS;
}

/* Hold the caller, spinning, and say what its call is to return. */
static __always_inline int uring_fault(__u64 n)
{
    __u64 start = bpf_ktime_get_ns();
    chaos_count_hit(start, 0);
    if (!options.latency_ns)
        return options.result;
    __u64 latency = choice_latency_ns(&options.choice, n, options.latency_ns, options.jitter_ns);
    struct spin spin = {.until = start + latency};
    __sync_fetch_and_add(&held, 1);
    __u64 now = spin_until(&spin);
    held_note(start, spin.until, now); /* before it counts as let go: off tells then what was cut */
    __sync_fetch_and_add(&held, -1);
    return options.result;
}

#endif
