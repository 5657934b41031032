// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Rings are refused, or come late: at the hook that asks whether a process may have one (Linux 6.16 and later). */
#include "uring_call.bpf.h"

SEC("fmod_ret/security_uring_allowed")
int BPF_PROG(uring_allowed, int ret)
{
    __u64 now, n;
    if (ret || uring_idle() || !uring_is_meant())
        return ret;
    now = bpf_ktime_get_ns();
    if (control.mode == CHAOS_ON)
        __sync_fetch_and_add(&control.seen, 1);
    return uring_takes(now, &n) ? uring_fault(n) : 0;
}
