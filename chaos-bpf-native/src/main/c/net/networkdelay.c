// SPDX-License-Identifier: Apache-2.0
/* kind=networkdelay: packets are held for some time. */
#include "delay_options.h"
#include "line_fault.h"

static void *prepare(struct request *request, const struct target *target, struct failure *f)
{
    return line_fault_prepare(request, target, delay_options_parse, f);
}

static void probe(struct reply *reply)
{
    struct failure f;
    const struct delay_options to = {.packets.egress = true}, from = {.packets.ingress = true};
    reply_outcome(reply, "delay_egress", line_fault_probe(&to, &f), &f);
    reply_outcome(reply, "delay_ingress", line_fault_probe(&from, &f), &f);
}

const struct fault_kind networkdelay_kind = {
    .name = "networkdelay",
    .prepare = prepare,
    .attach = line_fault_attach,
    .on = line_fault_on,
    .lift = line_fault_lift,
    .settle = line_fault_settle,
    .stats = line_fault_stats,
    .detach = line_fault_detach,
    .probe = probe,
};
