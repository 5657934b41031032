// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <stdlib.h>

#include "go_hold.h"
#include "go_processors.h"
#include "skeleton.h"
#include "uprobe_skeleton.h"

#include "godelay.lskel.h"

struct spin {
    const struct go_delay *wanted;
    int processors;
};

static void configure(struct godelay *skeleton, const void *options)
{
    const struct spin *spin = options;
    const struct go_delay *wanted = spin->wanted;
    skeleton->rodata->site = wanted->call.site;
    skeleton->rodata->choice = wanted->call.choice;
    skeleton->rodata->options = wanted->options;
    skeleton->rodata->options.processors = (__u64)spin->processors;
}

SKELETON_LOADER(godelay)

static void destroy(void *skeleton)
{
    godelay__destroy(skeleton);
}

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

int go_spin_attach(const struct go_delay *wanted, pid_t pid, struct go_hold *hold, struct failure *f)
{
    const struct go_binary *binary = wanted->call.binary; /* none for a probe */
    if (refuse_long(&wanted->options, f))
        return -1;
    const struct spin spin = {wanted, binary ? go_processors(pid, go_binary_version(binary)) : 1};
    struct godelay *skeleton = godelay_load_explained(configure, &spin, f);
    if (!skeleton)
        return -1;
    *hold = (struct go_hold){.mechanism = "uprobe, spinning in the kernel",
                             .control = &skeleton->bss->control,
                             .held = &skeleton->bss->held,
                             .cut = &skeleton->bss->cut,
                             .unfit = &skeleton->bss->unfit,
                             .none_left_ns = &skeleton->bss->none_left_ns,
                             .processors = spin.processors,
                             .delay = (const struct hist *)&skeleton->bss->delay_hist,
                             .error = (const struct hist *)&skeleton->bss->error_hist,
                             .skeleton = skeleton,
                             .destroy = destroy};
    const struct uprobe_point point = {.offset = wanted->call.function.probe_offset};
    return uprobe_attach(&hold->probes[1], skeleton->progs.go_delay.prog_fd, pid, &point, 1, f);
}
