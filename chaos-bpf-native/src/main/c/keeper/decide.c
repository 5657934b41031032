// SPDX-License-Identifier: Apache-2.0
#include <sys/syscall.h>

#include "faults.h"
#include "submission.h"

static bool awaits_clean(const struct keeper_fault *fault)
{
    const volatile struct chaos_control *control = &fault->shared->control;
    return control->mode == CHAOS_LIFTED && !control->first_clean_ns;
}

bool fault_concerns(const struct keeper_fault *fault, const struct listener *listener)
{
    return fault->shared && (fault->shared->control.mode == CHAOS_ON || awaits_clean(fault)) &&
           listener_is_of(listener, fault);
}

bool fault_takes(struct keeper_fault *fault, uint64_t now_ns, uint64_t *n)
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
    if (!choice_takes(&shared->options.choice, *n, &shared->chosen))
        return false;
    control->hit++;
    if (!control->first_hit_ns)
        control->first_hit_ns = now_ns;
    return true;
}

uint64_t fault_latency_ns(const struct keeper_fault *fault, uint64_t n)
{
    const struct uring_options *options = &fault->shared->options;
    return options->latency_ns ? choice_latency_ns(&options->choice, n, options->latency_ns, options->jitter_ns) : 0;
}

static void fault_call(struct keeper_fault *fault, uint64_t now_ns, struct call_outcome *outcome)
{
    uint64_t n;
    fault->shared->control.seen += fault_is_active(fault, now_ns);
    if (!fault_takes(fault, now_ns, &n))
        return;
    uint64_t ns = fault_latency_ns(fault, n);
    if (ns > outcome->delay_ns) {
        outcome->delay_ns = ns;
        outcome->held_by = fault;
    }
    if (fault->shared->options.error)
        outcome->error = fault->shared->options.error;
}

struct call_outcome faults_decide(const struct listener *listener, const struct seccomp_notif *call, uint64_t now_ns)
{
    struct call_outcome outcome = {0};
    enum uring_operation meant = call->data.nr == SYS_io_uring_setup ? URING_SETUP : URING_ENTER;
    for (int i = 0; i < MAX_KEEPER_FAULTS; i++)
        if (fault_concerns(&keeper_faults[i], listener) && keeper_faults[i].shared->options.operation == meant)
            fault_call(&keeper_faults[i], now_ns, &outcome);
    if (meant == URING_ENTER && call->data.args[1])
        submission_fault(listener, call, now_ns, &outcome);
    return outcome;
}
