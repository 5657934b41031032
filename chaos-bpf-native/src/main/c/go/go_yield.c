// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <stdlib.h>

#include "go_hold_skeleton.h"
#include "uprobe_skeleton.h"

#include "goyield.lskel.h"

GO_HOLD_SKELETON(goyield)

/* Where the program has what is needed. */
static int find_ways(struct go_delay *wanted, pid_t pid, struct go_function *morestack, struct failure *f)
{
    const struct go_binary *binary = wanted->call.binary;
    struct go_function gosched;
    struct go_growth growth;
    uint64_t bias;
    if (!go_binary_growth(binary, &wanted->call.function, &growth))
        return fail(f, UNSUPPORTED, 0, "%s has no stack check that leads to runtime.morestack_noctxt",
                    wanted->call.function.name);
    if (go_binary_find_any(binary, "runtime.morestack_noctxt", morestack, f) ||
        go_binary_find_any(binary, "runtime.Gosched", &gosched, f) || go_binary_load_bias(binary, pid, &bias, f))
        return -1;
    wanted->options.growth = growth.block + bias;
    wanted->options.gosched = gosched.entry + bias;
    return 0;
}

/* In words of a user: the verifier's are that a context may not be written. */
static struct goyield *load(const struct go_delay *wanted, struct failure *f)
{
    struct goyield *skeleton = goyield_load_explained(configure, wanted, f);
    if (!skeleton && f->err == EACCES)
        fail(f, UNSUPPORTED, 0, "this kernel lets no program at a uprobe write registers");
    return skeleton;
}

int go_yield_attach(const struct go_delay *request, pid_t pid, struct go_hold *hold, struct failure *f)
{
    struct go_delay wanted = *request;
    struct go_function morestack;
    struct goyield *skeleton = find_ways(&wanted, pid, &morestack, f) ? NULL : load(&wanted, f);
    if (!skeleton)
        return -1;
    *hold = hold_of(skeleton, "uprobe, yield loop");
    const struct uprobe_point growth = {.offset = morestack.probe_offset},
                              entry = {.offset = wanted.call.function.probe_offset};
    if (uprobe_attach(&hold->probes[0], skeleton->progs.go_grow.prog_fd, pid, &growth, 1, f))
        return -1;
    return uprobe_attach(&hold->probes[1], skeleton->progs.go_enter.prog_fd, pid, &entry, 1, f);
}
