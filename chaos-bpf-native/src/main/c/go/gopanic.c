// SPDX-License-Identifier: Apache-2.0
/* kind=gopanic: goroutines panic where they call a function. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "chaos.h"
#include "closing.h"
#include "control.h"
#include "fault.h"
#include "go_call.h"
#include "go_tracer.h"
#include "lease.h"
#include "probe.h"
#include "skeleton.h"
#include "uprobe.h"
#include "uprobe_skeleton.h"

#include "gopanic.lskel.h"

struct panic_fault {
    struct gopanic *skeleton;
    struct uprobe probe;
};

struct panic_options {
    struct go_call call;
    uint64_t offset; /* of the instruction to panic after, in the file */
};

static void configure(struct gopanic *skeleton, const void *options)
{
    const struct panic_options *panic = options;
    skeleton->rodata->site = panic->call.site;
    skeleton->rodata->choice = panic->call.choice;
}

SKELETON_LOADER(gopanic)

static int place(struct panic_fault *fault, const struct panic_options *options, const struct target *target,
                 struct failure *f)
{
    fault->skeleton = gopanic_load_explained(configure, options, f);
    if (!fault->skeleton || lease_hold(&fault->skeleton->bss->control, f))
        return -1;
    const struct uprobe_point point = {.offset = options->offset};
    if (!uprobe_attach(&fault->probe, fault->skeleton->progs.go_panic.prog_fd, target->pid, &point, 1, f))
        return 0;
    lease_release(&fault->skeleton->bss->control);
    return -1;
}

static struct panic_fault *new_fault(const struct panic_options *options, const struct target *target,
                                     struct failure *f)
{
    struct panic_fault *fault = calloc(1, sizeof *fault);
    if (!fault) {
        fail(f, FAILED, ENOMEM, "no memory for a panic");
        return NULL;
    }
    if (!place(fault, options, target, f))
        return fault;
    if (fault->skeleton)
        gopanic__destroy(fault->skeleton);
    free(fault);
    return NULL;
}

/* The signal would go to the debugger. Our own tracer hands it on. */
static int refuse_traced(pid_t pid, struct failure *f)
{
    pid_t by;
    if (go_tracer_foreign(pid, &by, f))
        return -1;
    return by ? fail(f, NO_TARGET, 0, "process %d is traced by process %d, a debugger or strace: end that first", pid,
                     by)
              : 0;
}

static void *panic_attach(struct request *request, const struct target *target, struct reply *reply, struct failure *f)
{
    struct panic_options options = {0};
    struct go_call *call = &options.call;
    struct panic_fault *fault = NULL;
    if (refuse_traced(target->pid, f) || go_call_open(request, target, call, f))
        return NULL;
    if (!request_refuse_unknown(request, f) &&
        !go_binary_panic_offset(call->binary, &call->function, &options.offset, f))
        fault = new_fault(&options, target, f);
    if (fault) {
        reply_word(reply, "mechanism", "uprobe, SIGFPE");
        reply_word(reply, "function", "%s", call->function.name);
        reply_number(reply, "seed", call->choice.seed);
        reply_number(reply, "closing_ms", uprobe_closing_ms(&fault->probe));
    }
    go_call_close(call);
    return fault;
}

static int panic_on(void *arg, struct reply *reply, struct failure *f)
{
    (void)f;
    struct panic_fault *fault = arg;
    reply_number(reply, "t_on_ns", control_on(&fault->skeleton->bss->control));
    return 0;
}

static void panic_lift(void *arg)
{
    control_off(&((struct panic_fault *)arg)->skeleton->bss->control);
}

static int panic_off(void *arg, struct reply *reply, struct failure *f)
{
    (void)f;
    struct panic_fault *fault = arg;
    panic_lift(fault);
    reply_number(reply, "drained", 0);
    reply_number(reply, "t_off_ns", fault->skeleton->bss->control.off_ns);
    reply_number(reply, "t_last_sent_ns", 0);
    return 0;
}

static void panic_stats(void *arg, struct reply *reply)
{
    struct panic_fault *fault = arg;
    control_stats(&fault->skeleton->bss->control, reply);
    reply_number(reply, "t_last_sent_ns", 0);
    reply_number(reply, "unfit", fault->skeleton->bss->unfit);
}

static void panic_detach(void *arg)
{
    struct panic_fault *fault = arg;
    uprobe_detach(&fault->probe);
    lease_release(&fault->skeleton->bss->control);
    gopanic__destroy(fault->skeleton);
    free(fault);
}

/* Loads, and attaches to the first byte of our own file, which nobody executes. */
static void panic_probe(struct reply *reply)
{
    struct failure f = {0};
    const struct panic_options none = {0};
    const struct target self = {.pid = getpid()};
    struct panic_fault *fault = new_fault(&none, &self, &f);
    probe_result(reply, "go_panic", fault ? 0 : -1, &f);
    if (fault)
        closing_begin("a probe", panic_detach, fault);
}

const struct fault_kind gopanic_kind = {
    .name = "gopanic",
    .attach = panic_attach,
    .on = panic_on,
    .lift = panic_lift,
    .off = panic_off,
    .stats = panic_stats,
    .detach = panic_detach,
    .probe = panic_probe,
};
