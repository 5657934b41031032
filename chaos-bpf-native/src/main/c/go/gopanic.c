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
#include "skeleton.h"
#include "uprobe.h"
#include "uprobe_skeleton.h"

#include "gopanic.lskel.h"

struct panic_fault {
    struct fault fault;
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
    if (!fault->skeleton)
        return -1;
    fault->fault.mechanism = "uprobe, SIGFPE";
    fault->fault.control = &fault->skeleton->bss->control;
    const struct uprobe_point point = {.offset = options->offset};
    return uprobe_attach(&fault->probe, fault->skeleton->progs.go_panic.prog_fd, target->pid, &point, 1, f);
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

static void panic_forget(void *wanted)
{
    go_call_close(&((struct panic_options *)wanted)->call);
    free(wanted);
}

static void *panic_prepare(struct request *request, const struct target *target, struct failure *f)
{
    struct panic_options *options = calloc(1, sizeof *options);
    if (!options) {
        fail(f, FAILED, ENOMEM, "no memory for a panic");
        return NULL;
    }
    if (!refuse_traced(target->pid, f) && !go_call_open(request, target, &options->call, f))
        return options;
    free(options);
    return NULL;
}

static struct fault *panic_attach(void *wanted, const struct target *target, struct reply *reply, struct failure *f)
{
    struct panic_options *options = wanted;
    struct go_call *call = &options->call;
    if (go_binary_panic_offset(call->binary, &call->function, &options->offset, f))
        return NULL;
    struct panic_fault *fault = new_fault(options, target, f);
    if (!fault)
        return NULL;
    reply_word(reply, "function", "%s", call->function.name);
    reply_number(reply, "seed", call->choice.seed);
    reply_number(reply, "closing_ms", uprobe_closing_ms(&fault->probe));
    return &fault->fault;
}

static void panic_stats(struct fault *fault, struct reply *reply)
{
    const struct gopanic *skeleton = ((struct panic_fault *)fault)->skeleton;
    reply_number(reply, "unfit", skeleton->bss->unfit);
    reply_number(reply, "labelled", skeleton->bss->labelled);
}

static void panic_detach(struct fault *attached)
{
    struct panic_fault *fault = (struct panic_fault *)attached;
    uprobe_detach(&fault->probe);
    gopanic__destroy(fault->skeleton);
    free(fault);
}

static void end_probe(void *fault)
{
    panic_detach(fault);
}

/* Loads, and attaches to the first byte of our own file, which nobody executes. */
static void panic_probe(struct reply *reply)
{
    struct failure f = {0};
    const struct panic_options none = {0};
    const struct target self = {.pid = getpid()};
    struct panic_fault *fault = new_fault(&none, &self, &f);
    reply_outcome(reply, "go_panic", fault ? 0 : -1, &f);
    if (fault)
        closing_begin("a probe", end_probe, fault);
}

static int panic_check(struct request *request, struct failure *f)
{
    return go_call_check(request, true, f);
}

const struct fault_kind gopanic_kind = {
    .name = "gopanic",
    .check = panic_check,
    .prepare = panic_prepare,
    .forget = panic_forget,
    .attach = panic_attach,
    .stats = panic_stats,
    .detach = panic_detach,
    .probe = panic_probe,
};
