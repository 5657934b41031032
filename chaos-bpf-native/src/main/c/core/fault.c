// SPDX-License-Identifier: Apache-2.0
#include "fault.h"

#include <signal.h>
#include <unistd.h>

#define LETTING_GO_MS 1000 /* a held call looks at the switch again and again, once its thread runs */

void fault_switch_on(struct fault *fault, struct reply *reply)
{
    reply_number(reply, "t_on_ns", control_on(fault->control));
}

void fault_on(struct fault *fault, struct reply *reply)
{
    if (fault->kind->on)
        fault->kind->on(fault, reply);
    else
        fault_switch_on(fault, reply);
}

void fault_lift(struct fault *fault)
{
    if (fault->kind->lift)
        fault->kind->lift(fault);
    else
        control_off(fault->control);
}

static void await_held(const struct fault *fault)
{
    for (int ms = 0; fault->held && *fault->held && !kill(fault->pid, 0) && ms < LETTING_GO_MS; ms++)
        usleep(1000);
}

static uint64_t drained(struct fault *fault)
{
    uint64_t cut = fault->cut ? *fault->cut : 0, since = cut - fault->told_cut;
    fault->told_cut = cut;
    return since;
}

static uint64_t last_sent_ns(const struct fault *fault)
{
    return fault->last_sent_ns ? *fault->last_sent_ns : 0;
}

int fault_off(struct fault *fault, struct reply *reply, struct failure *f)
{
    fault_lift(fault);
    await_held(fault);
    if (fault->kind->settle && fault->kind->settle(fault, f))
        return -1;
    reply_number(reply, "drained", drained(fault));
    reply_number(reply, "t_off_ns", fault->control->off_ns);
    reply_number(reply, "t_last_sent_ns", last_sent_ns(fault));
    return 0;
}

void fault_stats(struct fault *fault, struct reply *reply)
{
    uint64_t sent_ns = last_sent_ns(fault);
    control_stats(fault->control, reply);
    reply_number(reply, "t_last_sent_ns", sent_ns);
    if (fault->kind->stats)
        fault->kind->stats(fault, reply);
}
