// SPDX-License-Identifier: Apache-2.0
#include "go_hold.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "go_tracer.h"
#include "lease.h"

static const struct mechanism {
    const char *name;
    int (*attach)(const struct go_delay *wanted, pid_t pid, struct go_hold *hold, struct failure *f);
} mechanisms[] = {
    {"registers", go_yield_attach},
    {"tracer", go_trace_attach},
    {"spinning", go_spin_attach},
};
#define MECHANISMS (sizeof mechanisms / sizeof *mechanisms)

/* Nothing acts before `on`, so the lease may come last. */
static int attach_leased(const struct mechanism *mechanism, const struct go_delay *wanted, pid_t pid,
                         struct go_hold *hold, struct failure *f)
{
    *hold = (struct go_hold){0};
    if (!mechanism->attach(wanted, pid, hold, f) && !lease_hold(hold->control, f))
        return 0;
    go_hold_detach(hold);
    *hold = (struct go_hold){0};
    return -1;
}

/* In words of a user where the kernel's are not. */
static const char *reason(const struct failure *refusal)
{
    bool registers = refusal->err == EACCES && strstr(refusal->msg, "BPF object");
    return registers ? "this kernel lets no program at a uprobe write registers" : refusal->msg;
}

static void note_refusal(const struct mechanism *mechanism, const struct failure *refusal, char *refused)
{
    size_t length = strlen(refused);
    snprintf(refused + length, GO_REFUSED_SIZE - length, "%s%s: %.300s", length ? "; " : "", mechanism->name,
             reason(refusal));
}

static int refuse_long(const struct go_delay *wanted, const char *refused, struct failure *f)
{
    const struct godelay_options *options = &wanted->options;
    if (options->latency_ns + options->jitter_ns <= GODELAY_MAX_SPIN_NS)
        return 0;
    return fail(f, UNSUPPORTED, 0,
                "latency_us=%llu jitter_us=%llu: calls of %s can only be held by spinning here, which keeps a CPU, the "
                "garbage collector and the end of every probe of the machine waiting: for 1 s at most, with jitter. "
                "Ask for less, or run where held goroutines let others run, for 60 s at most; what was tried: %s",
                options->latency_ns / 1000, options->jitter_ns / 1000, wanted->call.function.name, refused);
}

int go_hold_attach(const struct go_delay *wanted, pid_t pid, struct go_hold *hold, char *refused, struct failure *f)
{
    *refused = 0;
    fail(f, BAD_REQUEST, 0, "mechanism=%.40s: expected registers, tracer or spinning", wanted->mechanism);
    for (size_t i = 0; i < MECHANISMS; i++) {
        if (wanted->mechanism && strcmp(wanted->mechanism, mechanisms[i].name))
            continue;
        if (mechanisms[i].attach == go_spin_attach && refuse_long(wanted, refused, f))
            return -1;
        if (!attach_leased(&mechanisms[i], wanted, pid, hold, f))
            return 0;
        note_refusal(&mechanisms[i], f, refused);
    }
    if (!wanted->mechanism)
        fail(f, f->code, 0, "no mechanism works: %s", refused);
    return -1;
}

uint64_t go_hold_closing_ms(const struct go_hold *hold)
{
    return uprobe_closing_ms(&hold->probes[0]) + uprobe_closing_ms(&hold->probes[1]);
}

/* The tracer after the probes: what they send, it has to catch. */
void go_hold_detach(struct go_hold *hold)
{
    for (int i = 1; i >= 0; i--)
        uprobe_detach(&hold->probes[i]);
    if (hold->traced)
        go_tracer_remove(hold->traced, hold->site.holds);
    if (hold->control)
        lease_release(hold->control);
    if (hold->skeleton)
        hold->destroy(hold->skeleton);
}
