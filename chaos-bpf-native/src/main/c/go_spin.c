// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <stdlib.h>

#include "go_hold.h"
#include "skeleton.h"
#include "uprobe_skeleton.h"

#include "godelay.lskel.h"

static void configure(struct godelay *skeleton, const void *options)
{
    const struct go_delay *wanted = options;
    skeleton->rodata->site = wanted->call.site;
    skeleton->rodata->choice = wanted->call.choice;
    skeleton->rodata->options = wanted->options;
}

SKELETON_LOADER(godelay)

static void destroy(void *skeleton)
{
    godelay__destroy(skeleton);
}

int go_spin_attach(const struct go_delay *wanted, pid_t pid, struct go_hold *hold, struct failure *f)
{
    struct godelay *skeleton = godelay_load_explained(configure, wanted, f);
    if (!skeleton)
        return -1;
    *hold = (struct go_hold){.mechanism = "uprobe, spinning in the kernel",
                             .control = &skeleton->bss->control,
                             .held = &skeleton->bss->held,
                             .cut = &skeleton->bss->cut,
                             .unfit = &skeleton->bss->unfit,
                             .delay = (const struct hist *)&skeleton->bss->delay_hist,
                             .error = (const struct hist *)&skeleton->bss->error_hist,
                             .skeleton = skeleton,
                             .destroy = destroy};
    const struct uprobe_point point = {.offset = wanted->call.function.probe_offset};
    return uprobe_attach(&hold->probes[1], skeleton->progs.go_delay.prog_fd, pid, &point, 1, f);
}
