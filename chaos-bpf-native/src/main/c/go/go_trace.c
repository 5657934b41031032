// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <stdlib.h>

#include "go_hold_skeleton.h"
#include "go_tracer.h"
#include "gotrace.h"
#include "uprobe_skeleton.h"

#include "gotrace.lskel.h"

GO_HOLD_SKELETON(gotrace)

static int attach(struct gotrace *skeleton, const struct go_delay *wanted, pid_t pid, struct go_hold *hold,
                  struct failure *f)
{
    const struct go_function *function = &wanted->call.function;
    struct uprobe_point points[] = {{.offset = function->probe_offset, .cookie = GOTRACE_ENTRY},
                                    {.cookie = GOTRACE_GROWTH}};
    struct go_growth growth;
    bool sleeps = hold->site.growth && go_binary_growth(wanted->call.binary, function, &growth);
    if (sleeps)
        points[1].offset = points[0].offset + growth.call - function->probe;
    return uprobe_attach(&hold->probes[1], skeleton->progs.go_trace.prog_fd, pid, points, sleeps ? 2 : 1, f);
}

static int attach_at(struct go_turn_site *site, const struct go_delay *wanted, pid_t pid, struct go_hold *hold,
                     struct failure *f)
{
    struct gotrace *skeleton = gotrace_load_explained(configure, wanted, f);
    if (!skeleton)
        return -1;
    site->holds = skeleton->maps.holds.map_fd;
    site->held = &skeleton->bss->held;
    site->unfit = &skeleton->bss->unfit;
    *hold = hold_of(skeleton, site->growth ? "uprobe and tracer, sleep" : "uprobe and tracer, yield loop");
    hold->site = *site;
    if (go_tracer_add(pid, site, f))
        return -1;
    hold->traced = pid;
    return attach(skeleton, wanted, pid, hold, f);
}

static int find(const struct go_delay *wanted, pid_t pid, bool sleeps, struct go_turn_site *site, struct failure *f)
{
    const struct go_binary *binary = wanted->call.binary;
    uint64_t bias;
    if (go_binary_load_bias(binary, pid, &bias, f) || go_turn_find(binary, &wanted->call.function, bias, site, f))
        return -1;
    return sleeps ? go_turn_find_sleep(binary, &wanted->call.function, bias, site, f) : 0;
}

int go_sleep_attach(const struct go_delay *wanted, pid_t pid, struct go_hold *hold, struct failure *f)
{
    struct go_turn_site site;
    return find(wanted, pid, true, &site, f) ? -1 : attach_at(&site, wanted, pid, hold, f);
}

int go_preempt_attach(const struct go_delay *wanted, pid_t pid, struct go_hold *hold, struct failure *f)
{
    struct go_turn_site site;
    return find(wanted, pid, false, &site, f) ? -1 : attach_at(&site, wanted, pid, hold, f);
}
