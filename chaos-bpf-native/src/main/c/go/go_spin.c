// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <stdlib.h>

#include "go_hold_skeleton.h"
#include "go_processors.h"
#include "uprobe_skeleton.h"

#include "godelay.lskel.h"

GO_HOLD_SKELETON(godelay)

static int refuse_long(const struct godelay_options *options, struct failure *f)
{
    if (options->latency_ns + options->jitter_ns <= GODELAY_MAX_SPIN_NS)
        return 0;
    return fail(f, UNSUPPORTED, 0,
                "latency_us=%llu jitter_us=%llu: what holds a call by spinning keeps a CPU, the garbage collector and "
                "the end of every probe of the machine waiting: ask for 1 s at most, with jitter, or run where held "
                "goroutines let others run, for 60 s at most",
                options->latency_ns / 1000, options->jitter_ns / 1000);
}

int go_spin_attach(const struct go_delay *request, pid_t pid, struct go_hold *hold, struct failure *f)
{
    struct go_delay wanted = *request;
    const struct go_binary *binary = wanted.call.binary; /* none for a probe */
    if (refuse_long(&wanted.options, f))
        return -1;
    wanted.options.processors = binary ? (__u64)go_processors(pid, go_binary_version(binary)) : 1;
    struct godelay *skeleton = godelay_load_explained(configure, &wanted, f);
    if (!skeleton)
        return -1;
    *hold = hold_of(skeleton, "uprobe, spinning in the kernel");
    hold->none_left_ns = &skeleton->bss->none_left_ns;
    hold->processors = (int)wanted.options.processors;
    const struct uprobe_point point = {.offset = wanted.call.function.probe_offset};
    return uprobe_attach(&hold->probes[1], skeleton->progs.go_delay.prog_fd, pid, &point, 1, f);
}
