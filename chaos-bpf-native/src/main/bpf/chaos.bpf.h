// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Included once by every program file. No vmlinux.h: stable UAPI headers plus, where a kernel structure is read, a
 * local CO-RE flavour with the few members needed. That keeps the light skeletons small and the build independent of
 * the running kernel.
 */
#ifndef CHAOS_BPF_H
#define CHAOS_BPF_H

#include <linux/bpf.h>
#include <stdbool.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#include "chaos.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

volatile struct chaos_control control;

/* The fault acts only while it is on and its owner is alive. */
static __always_inline bool chaos_active(__u64 now)
{
    if (control.mode != CHAOS_ON)
        return false;
    if (now <= control.lease_until_ns && !(control.owner & CHAOS_OWNER_DIED))
        return true;
    __sync_fetch_and_add(&control.expired, 1);
    return false;
}

static __always_inline void chaos_count_hit(__u64 now, __u32 bytes)
{
    __sync_fetch_and_add(&control.hit, 1);
    __sync_fetch_and_add(&control.bytes, bytes);
    if (!control.first_hit_ns)
        control.first_hit_ns = now;
}

/* A packet or call that the fault would have hit went by untouched after `off`. */
static __always_inline void chaos_note_clean(__u64 now)
{
    if (control.mode == CHAOS_LIFTED && !control.first_clean_ns)
        control.first_clean_ns = now;
}

#endif
