// SPDX-License-Identifier: Apache-2.0
/*
 * What all ways to hold a call do with their light skeleton T, which is to be included before: load it for what is
 * wanted, name what it counts, and destroy it.
 *
 *     GO_HOLD_SKELETON(gotrace)
 *     struct gotrace *skeleton = gotrace_load_explained(configure, wanted, f);
 *     *hold = hold_of(skeleton, "uprobe and tracer, sleep");
 */
#ifndef GO_HOLD_SKELETON_H
#define GO_HOLD_SKELETON_H

#include "go_hold.h"
#include "skeleton.h"

#define GO_HOLD_SKELETON(T)                                                                                            \
    static void configure(struct T *skeleton, const void *options)                                                     \
    {                                                                                                                  \
        const struct go_delay *wanted = options;                                                                       \
        skeleton->rodata->site = wanted->call.site;                                                                    \
        skeleton->rodata->choice = wanted->call.choice;                                                                \
        skeleton->rodata->options = wanted->options;                                                                   \
    }                                                                                                                  \
    SKELETON_LOADER(T)                                                                                                 \
    static void destroy(void *skeleton)                                                                                \
    {                                                                                                                  \
        T##__destroy(skeleton);                                                                                        \
    }                                                                                                                  \
    static struct go_hold hold_of(struct T *skeleton, const char *mechanism)                                           \
    {                                                                                                                  \
        return (struct go_hold){.mechanism = mechanism,                                                                \
                                .control = &skeleton->bss->control,                                                    \
                                .held = &skeleton->bss->held,                                                          \
                                .cut = &skeleton->bss->cut,                                                            \
                                .unfit = &skeleton->bss->unfit,                                                        \
                                .labelled = &skeleton->bss->labelled,                                                  \
                                .delay = (const struct hist *)&skeleton->bss->delay_hist,                              \
                                .error = (const struct hist *)&skeleton->bss->error_hist,                              \
                                .skeleton = skeleton,                                                                  \
                                .destroy = destroy};                                                                   \
    }

#endif
