// SPDX-License-Identifier: Apache-2.0
/* io_uring faults by BPF programs on the kernel's own functions: on a running process, which needs no preparation. */
#include <errno.h>
#include <linux/io_uring.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "fault.h"
#include "hist.h"
#include "pid_namespace.h"
#include "skeleton.h"
#include "uring_request.h"
#include "uring_trampoline.h"

#include "uringissue.lskel.h"
#include "uringsetup.lskel.h"

/* Which security hook an operation passes. */
enum security_hook { NO_HOOK, SETUP, FILE_PERMISSION, FILE_OPEN, SOCKET_SENDMSG, SOCKET_RECVMSG };

static const enum security_hook hooks[] = {
    [IORING_OP_READ] = FILE_PERMISSION,       [IORING_OP_READV] = FILE_PERMISSION,
    [IORING_OP_READ_FIXED] = FILE_PERMISSION, [IORING_OP_WRITE] = FILE_PERMISSION,
    [IORING_OP_WRITEV] = FILE_PERMISSION,     [IORING_OP_WRITE_FIXED] = FILE_PERMISSION,
    [IORING_OP_OPENAT] = FILE_OPEN,           [IORING_OP_OPENAT2] = FILE_OPEN,
    [IORING_OP_SEND] = SOCKET_SENDMSG,        [IORING_OP_SENDMSG] = SOCKET_SENDMSG,
    [IORING_OP_RECV] = SOCKET_RECVMSG,        [IORING_OP_RECVMSG] = SOCKET_RECVMSG,
};

struct trampoline_fault {
    struct fault fault;
    struct uringissue *issue; /* one of the two */
    struct uringsetup *setup;
    struct pid_namespace namespace; /* held: the programs compare its number */
    const volatile struct hist *delays, *errors;
};

static void configure_issue(struct uringissue *skeleton, const void *options)
{
    skeleton->rodata->options = *(const struct uring_trampoline *)options;
}

static void configure_setup(struct uringsetup *skeleton, const void *options)
{
    skeleton->rodata->options = *(const struct uring_trampoline *)options;
}

SKELETON_LOADER(uringissue)
SKELETON_LOADER(uringsetup)

static enum security_hook hook_of(const struct uring_options *options)
{
    if (options->operation == URING_SETUP)
        return SETUP;
    if (options->operation == URING_ENTER || options->opcode >= sizeof hooks / sizeof *hooks)
        return NO_HOOK;
    return hooks[options->opcode];
}

static int refuse_what_it_cannot(const struct uring_options *options, struct failure *f)
{
    if (options->action == URING_DROP)
        return fail(f, UNSUPPORTED, 0, "a completion cannot be dropped by trampolines");
    if (hook_of(options) == NO_HOOK)
        return fail(f, UNSUPPORTED, 0, "operation=%s passes no hook that a trampoline could fault",
                    uring_operation_name(options));
    if (options->latency_ns + options->jitter_ns > URING_MAX_SPIN_NS)
        return fail(
            f, UNSUPPORTED, 0,
            "latency_us=%llu jitter_us=%llu: trampolines hold a call by spinning in the kernel: for 1 s at most, "
            "with jitter; what holds it longer is a listener for io_uring_enter",
            options->latency_ns / 1000, options->jitter_ns / 1000);
    return 0;
}

/* Whatever runs in the target's pid namespace is meant: so it must not be the machine's. */
static int hold_namespace(pid_t pid, struct pid_namespace *held, struct failure *f)
{
    int pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
    bool holds = pidfd >= 0 && pid_namespace_open(pidfd, held);
    if (pidfd >= 0)
        close(pidfd);
    if (!holds)
        return fail(f, NO_TARGET, 0, "pid=%d: no such process, or its pid namespace is not to be seen", pid);
    if (pid_namespace_is_ours(held))
        return fail(
            f, BAD_REQUEST, 0,
            "process %d is in the helper's own pid namespace: the fault would be on all of it; name a process in a "
            "namespace of its own",
            pid);
    return 0;
}

static int attach_hook(struct uringissue *skeleton, enum security_hook hook)
{
    int begins = uringissue__issue_begins__attach(skeleton), ends = uringissue__issue_ends__attach(skeleton);
    if (begins < 0 || ends < 0)
        return -1;
    switch (hook) {
    case FILE_PERMISSION:
        return uringissue__file_permission__attach(skeleton);
    case FILE_OPEN:
        return uringissue__file_open__attach(skeleton);
    case SOCKET_SENDMSG:
        return uringissue__socket_sendmsg__attach(skeleton);
    default:
        return uringissue__socket_recvmsg__attach(skeleton);
    }
}

static int place_on_issue(struct trampoline_fault *fault, const struct uring_trampoline *options,
                          enum security_hook hook, struct failure *f)
{
    fault->issue = uringissue_load_explained(configure_issue, options, f);
    if (!fault->issue)
        return -1;
    if (attach_hook(fault->issue, hook) < 0)
        return fail_errno(f, UNSUPPORTED, "attaching to io_issue_sqe and the security hook");
    fault->fault.control = &fault->issue->bss->control;
    fault->fault.held = &fault->issue->bss->held;
    fault->fault.cut = &fault->issue->bss->cut;
    fault->delays = &fault->issue->bss->delay_hist;
    fault->errors = &fault->issue->bss->error_hist;
    return 0;
}

static int place_on_setup(struct trampoline_fault *fault, const struct uring_trampoline *options, struct failure *f)
{
    fault->setup = uringsetup_load_explained(configure_setup, options, f);
    if (!fault->setup)
        return -1;
    if (uringsetup__attach(fault->setup) < 0)
        return fail_errno(f, UNSUPPORTED, "attaching to security_uring_allowed");
    fault->fault.control = &fault->setup->bss->control;
    fault->fault.held = &fault->setup->bss->held;
    fault->fault.cut = &fault->setup->bss->cut;
    fault->delays = &fault->setup->bss->delay_hist;
    fault->errors = &fault->setup->bss->error_hist;
    return 0;
}

static void trampoline_detach(struct fault *attached)
{
    struct trampoline_fault *fault = (struct trampoline_fault *)attached;
    if (fault->issue)
        uringissue__destroy(fault->issue);
    if (fault->setup)
        uringsetup__destroy(fault->setup);
    pid_namespace_close(&fault->namespace);
    free(fault);
}

static int place(struct trampoline_fault *fault, const struct uring_options *wanted, pid_t pid, struct failure *f)
{
    struct uring_trampoline options = {.latency_ns = wanted->latency_ns,
                                       .jitter_ns = wanted->jitter_ns,
                                       .choice = wanted->choice,
                                       .opcode = wanted->opcode,
                                       .result = -wanted->error};
    enum security_hook hook = hook_of(wanted);
    if (hold_namespace(pid, &fault->namespace, f))
        return -1;
    options.pid_namespace = (uint32_t)fault->namespace.inode;
    return hook == SETUP ? place_on_setup(fault, &options, f) : place_on_issue(fault, &options, hook, f);
}

/* What holds neither a ring nor a processor comes first: by its keeper an operation is late by itself. */
static bool comes_last(const void *arg)
{
    const struct uring_request *wanted = arg;
    return wanted->options.operation == URING_OPCODE && wanted->options.latency_ns && wanted->keeper;
}

static struct fault *trampoline_attach(void *arg, const struct target *target, struct reply *reply, struct failure *f)
{
    (void)reply;
    const struct uring_request *wanted = arg;
    if (refuse_what_it_cannot(&wanted->options, f))
        return NULL;
    struct trampoline_fault *fault = calloc(1, sizeof *fault);
    if (!fault) {
        fail(f, FAILED, ENOMEM, "no memory for a fault on io_uring");
        return NULL;
    }
    fault->namespace = NO_PID_NAMESPACE;
    fault->fault.mechanism = "trampolines (fmod_ret)";
    if (!place(fault, &wanted->options, target->pid, f))
        return &fault->fault;
    trampoline_detach(&fault->fault);
    return NULL;
}

static void trampoline_stats(struct fault *attached, struct reply *reply)
{
    const struct trampoline_fault *fault = (const struct trampoline_fault *)attached;
    reply_number(reply, "skipped", 0);
    hist_reply((const struct hist *)fault->delays, reply, "delay_hist");
    hist_reply((const struct hist *)fault->errors, reply, "err_hist");
}

/* Loading tells: a kernel may know trampolines and refuse them all the same. */
static void trampoline_probe(struct reply *reply)
{
    struct failure f = {0};
    const struct uring_trampoline none = {0};
    struct uringissue *issue = uringissue_load_explained(configure_issue, &none, &f);
    reply_outcome(reply, "uring_trampolines", issue ? 0 : -1, &f);
    if (issue)
        uringissue__destroy(issue);
    struct uringsetup *setup = uringsetup_load_explained(configure_setup, &none, &f);
    reply_outcome(reply, "uring_setup_trampoline", setup ? 0 : -1, &f);
    if (setup)
        uringsetup__destroy(setup);
}

const struct fault_kind iouringfault_trampolines = {
    .name = "iouringfault",
    .mechanism = "trampolines",
    .prepare = uring_prepare,
    .comes_last = comes_last,
    .attach = trampoline_attach,
    .stats = trampoline_stats,
    .detach = trampoline_detach,
    .probe = trampoline_probe,
};
