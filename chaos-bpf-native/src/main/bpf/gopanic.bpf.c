// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * SIGFPE sent by the kernel to the thread itself: the Go runtime takes it for an arithmetic fault of the instruction it
 * is at, and panics with a runtime.Error that the program may recover from.
 */
#include "go_gate.bpf.h"

#define SIGFPE 8

SEC("uprobe")
int go_panic(struct go_context *ctx)
{
    __u64 now, n;
    if (go_idle())
        return 0;
    now = bpf_ktime_get_ns();
    if (go_call_is_taken(GO_G(ctx), now, &n) && !bpf_send_signal_thread(SIGFPE))
        chaos_count_hit(now, 0);
    return 0;
}
