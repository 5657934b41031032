// SPDX-License-Identifier: Apache-2.0
/* kind=networkbandwidth: packets go on as fast as a link of some rate takes them. */
#include "bandwidth_options.h"
#include "line_fault.h"

static void *prepare(struct request *request, const struct target *target, struct failure *f)
{
    return line_fault_prepare(request, target, bandwidth_options_parse, f);
}

const struct fault_kind networkbandwidth_kind = {
    .name = "networkbandwidth",
    .prepare = prepare,
    .attach = line_fault_attach,
    .on = line_fault_on,
    .lift = line_fault_lift,
    .settle = line_fault_settle,
    .stats = line_fault_stats,
    .detach = line_fault_detach,
};
