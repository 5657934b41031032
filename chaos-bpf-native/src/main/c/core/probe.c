// SPDX-License-Identifier: Apache-2.0
#include "probe.h"

#include <errno.h>
#include <linux/bpf.h>
#include <sched.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "fault.h"
#include "hook.h"
#include "netns.h"
#include "thread.h"

#define LOOPBACK 1 /* its interface index, in every namespace */

/* The thread ends with the probe, and takes its policy and its namespace along. */
static int probe_here(void *arg, struct failure *f)
{
    struct reply *reply = arg;
    int err = thread_become_real_time("chaos-probe", 1);
    if (err)
        fail(f, DENIED, err,
             "SCHED_FIFO needs CAP_SYS_NICE, and in a cgroup (v1) of the cpu controller a cpu.rt_runtime_us; without "
             "it the tail of the delay error grows");
    reply_outcome(reply, "rt", err, f);

    int self = (int)syscall(SYS_pidfd_open, getpid(), 0);
    int rc = self < 0 || setns(self, CLONE_NEWNET) ? fail_errno(f, FAILED, "setns by pidfd") : 0;
    reply_outcome(reply, "setns", rc, f);
    if (self >= 0)
        close(self);
    return 0;
}

/* The smallest program there is: return TCX_NEXT. */
static int load_empty_program(struct failure *f)
{
    const struct bpf_insn code[] = {
        {.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0, .imm = -1},
        {.code = BPF_JMP | BPF_EXIT},
    };
    union bpf_attr attributes = {.prog_type = BPF_PROG_TYPE_SCHED_CLS};
    attributes.insns = (uintptr_t)code;
    attributes.insn_cnt = sizeof code / sizeof *code;
    attributes.license = (uintptr_t)"Dual BSD/GPL";
    int program = (int)syscall(SYS_bpf, BPF_PROG_LOAD, &attributes, sizeof attributes);
    return program < 0 ? fail_errno(f, UNSUPPORTED, "loading a BPF program (needs CAP_BPF and CAP_NET_ADMIN)")
                       : program;
}

static int probe_hook(const struct hook *hook, struct failure *f)
{
    int program = load_empty_program(f);
    if (program < 0)
        return -1;
    struct hooked *hooked = hook_attach(hook, program, LOOPBACK, HOOK_EGRESS, HOOK_LAST, f);
    close(program);
    hook_close(hooked);
    return hooked ? 0 : -1;
}

static int probe_kinds(void *arg, struct failure *f)
{
    struct reply *reply = arg;
    for (const struct hook *const *hook = hooks; *hook; hook++)
        reply_outcome(reply, (*hook)->name, probe_hook(*hook, f), f);
    for (const struct fault_kind *const *kind = fault_kinds; *kind; kind++)
        if ((*kind)->probe)
            (*kind)->probe(reply);
    return 0;
}

int probe(struct request *request, struct reply *reply, struct failure *f)
{
    if (request_refuse_unknown(request, f))
        return -1;
    int rc = netns_run_private(probe_kinds, reply, f);
    reply_outcome(reply, "netns", rc, f);
    rc = netns_run_private(probe_here, reply, f);
    if (rc)
        reply_outcome(reply, "setns", rc, f);
    return 0;
}
