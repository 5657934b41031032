// SPDX-License-Identifier: Apache-2.0
#include "go_hold.h"

#include <errno.h>

#include "lease.h"

typedef int attach_function(const struct go_delay *wanted, pid_t pid, struct go_hold *hold, struct failure *f);

/* Nothing acts before `on`, so the lease may come last. */
static int attach_leased(attach_function *attach, const struct go_delay *wanted, pid_t pid, struct go_hold *hold,
                         struct failure *f)
{
    *hold = (struct go_hold){0};
    if (!attach(wanted, pid, hold, f) && !lease_hold(hold->control, f))
        return 0;
    go_hold_detach(hold);
    *hold = (struct go_hold){0};
    return -1;
}

static int refuse_long(const struct go_delay *wanted, const struct failure *not_yielding, struct failure *f)
{
    const struct godelay_options *options = &wanted->options;
    if (options->latency_ns + options->jitter_ns <= GODELAY_MAX_SPIN_NS)
        return 0;
    return fail(f, UNSUPPORTED, 0,
                "latency_us=%llu jitter_us=%llu: calls of %s can only be held by spinning here, which keeps a CPU, the "
                "garbage collector and the end of every probe of the machine waiting: for 1 s at most, with jitter. "
                "Ask for less, or run on a kernel that lets held goroutines yield (Linux 6.18 as Debian builds it), "
                "where 60 s are possible; yielding failed: %.300s",
                options->latency_ns / 1000, options->jitter_ns / 1000, wanted->call.function.name,
                not_yielding->err == EACCES ? "this kernel lets no program at a uprobe write registers"
                                            : not_yielding->msg);
}

int go_hold_attach(const struct go_delay *wanted, pid_t pid, struct go_hold *hold, struct failure *f)
{
    struct failure not_yielding;
    if (!attach_leased(go_yield_attach, wanted, pid, hold, &not_yielding))
        return 0;
    return refuse_long(wanted, &not_yielding, f) ? -1 : attach_leased(go_spin_attach, wanted, pid, hold, f);
}

uint64_t go_hold_closing_ms(const struct go_hold *hold)
{
    return uprobe_closing_ms(&hold->probes[0]) + uprobe_closing_ms(&hold->probes[1]);
}

void go_hold_detach(struct go_hold *hold)
{
    for (int i = 1; i >= 0; i--)
        uprobe_detach(&hold->probes[i]);
    if (hold->control)
        lease_release(hold->control);
    if (hold->skeleton)
        hold->destroy(hold->skeleton);
}
