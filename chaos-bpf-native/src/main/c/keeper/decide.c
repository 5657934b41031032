// SPDX-License-Identifier: Apache-2.0
#include <sys/syscall.h>

#include "control.h"
#include "faults.h"
#include "ring.h"
#include "thread_fd.h"

#define NOP_INJECT_RESULT 1 /* IORING_NOP_INJECT_RESULT of Linux 6.10: the operation completes with sqe->len */

static bool awaits_clean(const struct keeper_fault *fault)
{
    const volatile struct chaos_control *control = &fault->shared->control;
    return control->mode == CHAOS_LIFTED && !control->first_clean_ns;
}

/* Count a call that matches; whether it is faulted. */
static bool take(struct keeper_fault *fault, uint64_t now_ns, uint64_t *n)
{
    struct uring_shared *shared = fault->shared;
    volatile struct chaos_control *control = &shared->control;
    if (!fault_is_active(fault, now_ns)) {
        if (control->mode == CHAOS_ON)
            control->expired++;
        else
            control->first_clean_ns = now_ns;
        return false;
    }
    *n = control->matched++;
    if (!choice_takes(&shared->options.choice, *n, &shared->taken))
        return false;
    control->hit++;
    if (!control->first_hit_ns)
        control->first_hit_ns = now_ns;
    return true;
}

static void hold(struct keeper_fault *fault, uint64_t n, struct call_outcome *outcome)
{
    const struct uring_options *options = &fault->shared->options;
    uint64_t ns = choice_latency_ns(&options->choice, n, options->latency_ns, options->jitter_ns);
    if (ns > outcome->delay_ns)
        *outcome = (struct call_outcome){outcome->error, ns, fault};
}

static void fault_call(struct keeper_fault *fault, uint64_t now_ns, struct call_outcome *outcome)
{
    uint64_t n;
    fault->shared->control.seen += fault_is_active(fault, now_ns);
    if (!take(fault, now_ns, &n))
        return;
    if (fault->shared->options.action == URING_DELAY)
        hold(fault, n, outcome);
    else
        outcome->error = fault->shared->options.error;
}

static void fault_entry(struct keeper_fault *fault, struct io_uring_sqe *entry, uint64_t now_ns,
                        struct call_outcome *outcome)
{
    const struct uring_options *options = &fault->shared->options;
    uint64_t n;
    fault->shared->control.seen += fault_is_active(fault, now_ns);
    if (entry->opcode != options->opcode || !take(fault, now_ns, &n))
        return;
    if (options->action == URING_DELAY) {
        hold(fault, n, outcome);
        return;
    }
    entry->opcode = IORING_OP_NOP;
    entry->off = entry->addr = 0;
    if (options->action == URING_DROP) { /* of the operation itself a failure, such as a short read, would complete */
        entry->flags |= IOSQE_CQE_SKIP_SUCCESS;
        entry->rw_flags = 0;
    } else {
        entry->rw_flags = NOP_INJECT_RESULT;
        entry->len = (uint32_t)-options->error;
    }
}

static void fault_entries(struct keeper_fault *fault, const struct listener *listener, const struct seccomp_notif *call,
                          uint64_t now_ns, struct call_outcome *outcome)
{
    uint32_t submitted = (uint32_t)call->data.args[1];
    struct foreign_ring ring;
    int pidfd = call->data.args[3] & IORING_ENTER_REGISTERED_RING ? -1 : thread_fd(call->pid);
    if (foreign_ring_open(&ring, pidfd, (int)call->data.args[0], listener->ring_flags)) {
        fault->shared->skipped += submitted;
    } else {
        uint32_t n = listener_waits(listener, call) ? submitted : 0;
        for (uint32_t i = 0; i < n && i < ring.entries; i++)
            fault_entry(fault, foreign_ring_next(&ring, i), now_ns, outcome);
        foreign_ring_close(&ring);
    }
    if (pidfd >= 0)
        close(pidfd);
}

struct call_outcome faults_decide(const struct listener *listener, const struct seccomp_notif *call, uint64_t now_ns)
{
    struct call_outcome outcome = {0};
    bool setup = call->data.nr == SYS_io_uring_setup, enter = call->data.nr == SYS_io_uring_enter;
    for (int i = 0; i < MAX_KEEPER_FAULTS; i++) {
        struct keeper_fault *fault = &keeper_faults[i];
        if (!fault->shared || (fault->shared->control.mode != CHAOS_ON && !awaits_clean(fault)) ||
            !listener_is_of(listener, fault))
            continue;
        enum uring_operation operation = fault->shared->options.operation;
        if (operation == URING_OPCODE && enter && call->data.args[1])
            fault_entries(fault, listener, call, now_ns, &outcome);
        else if ((operation == URING_SETUP && setup) || (operation == URING_ENTER && enter))
            fault_call(fault, now_ns, &outcome);
    }
    return outcome;
}
