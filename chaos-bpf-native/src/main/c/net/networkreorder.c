// SPDX-License-Identifier: Apache-2.0
/* kind=networkreorder: a share of the packets goes at once, the others are held for some time and overtaken. */
#include "line_fault.h"
#include "reorder_options.h"

static void *prepare(struct request *request, const struct target *target, struct failure *f)
{
    return line_fault_prepare(request, target, reorder_options_parse, f);
}

const struct fault_kind networkreorder_kind = {
    .name = "networkreorder",
    .prepare = prepare,
    .attach = line_fault_attach,
    .on = line_fault_on,
    .lift = line_fault_lift,
    .settle = line_fault_settle,
    .stats = line_fault_stats,
    .detach = line_fault_detach,
};
