// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Holds the goroutine that makes a call, and not its thread: it gives up its processor again and again until its time
 * is over. The call is sent to where the function has its stack grown, which keeps the arguments, calls the runtime and
 * comes back to the entry; the call of the runtime becomes one of runtime.Gosched. Without these programs, as when the
 * helper dies in between, the stack grows for no reason and the call goes on. Needs a kernel where a program at a
 * uprobe may write registers.
 */
#include "go_hold.bpf.h"

static __always_inline void give_up_processor(struct go_context *ctx, struct go_held *hold)
{
    hold->yields = true;
    GO_IP(ctx) = options.growth;
}

SEC("uprobe")
int go_enter(struct go_context *ctx)
{
    if (go_idle() && !held)
        return 0;
    struct go_held *hold = hold_at_entry(GO_G(ctx), bpf_ktime_get_ns());
    if (hold)
        give_up_processor(ctx, hold);
    return 0;
}

/* At runtime.morestack_noctxt, where all functions come whose stack really has to grow. */
SEC("uprobe")
int go_grow(struct go_context *ctx)
{
    struct go_held *hold = hold_of(GO_G(ctx));
    if (!hold || !hold->yields)
        return 0;
    hold->yields = false;
    GO_IP(ctx) = options.gosched;
    return 0;
}
