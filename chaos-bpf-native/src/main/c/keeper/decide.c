// SPDX-License-Identifier: Apache-2.0
#include "decide.h"

#include <sys/syscall.h>

#include "submission.h"

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
    for (int i = 0; i < keeper_faults_used; i++)
        if (fault_concerns(&keeper_faults[i], listener) && keeper_faults[i].shared->options.operation == meant)
            fault_call(&keeper_faults[i], now_ns, &outcome);
    if (meant == URING_ENTER && call->data.args[1])
        submission_fault(listener, call, now_ns, &outcome);
    return outcome;
}
