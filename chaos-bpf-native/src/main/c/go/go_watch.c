// SPDX-License-Identifier: Apache-2.0
#include "go_watch.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "control.h"
#include "gowatch.h"
#include "hist.h"
#include "skeleton.h"
#include "uprobe.h"
#include "uprobe_skeleton.h"

#include "gowatch.lskel.h"

static const char *const functions[GO_PLACES] = {
    [GO_STOPS] = "runtime.stopTheWorldWithSema",
    [GO_STARTS] = "runtime.startTheWorldWithSema",
    [GO_READY] = "runtime.ready",
    [GO_EXECUTES] = "runtime.execute",
};

struct go_watch {
    struct gowatch *skeleton;
    struct uprobe probe;
    bool has[GO_PLACES];
};

static void configure(struct gowatch *skeleton, const void *options)
{
    (void)skeleton;
    (void)options;
}

SKELETON_LOADER(gowatch)

/* That a call may be met twice, where the stack grows, does no harm. */
static int attach_all(struct go_watch *watch, const struct go_binary *binary, pid_t pid, struct failure *f)
{
    struct uprobe_point points[GO_PLACES];
    int count = 0;
    for (int i = 0; i < GO_PLACES; i++) {
        struct go_function function;
        struct failure unknown;
        watch->has[i] = !go_binary_find_any(binary, functions[i], &function, &unknown);
        if (watch->has[i])
            points[count++] = (struct uprobe_point){.offset = function.probe_offset, .cookie = (uint64_t)i};
    }
    return uprobe_attach(&watch->probe, watch->skeleton->progs.go_watch.prog_fd, pid, points, count, f);
}

struct go_watch *go_watch_open(const struct go_binary *binary, pid_t pid, struct failure *f)
{
    struct go_watch *watch = calloc(1, sizeof *watch);
    if (!watch) {
        fail(f, FAILED, ENOMEM, "no memory to watch a Go program");
        return NULL;
    }
    watch->skeleton = gowatch_load_explained(configure, NULL, f);
    if (watch->skeleton && !attach_all(watch, binary, pid, f))
        return watch;
    go_watch_close(watch);
    return NULL;
}

void go_watch_close(struct go_watch *watch)
{
    uprobe_detach(&watch->probe);
    if (watch->skeleton)
        gowatch__destroy(watch->skeleton);
    free(watch);
}

static bool has_pauses(const struct go_watch *watch)
{
    return watch->has[GO_STOPS] && watch->has[GO_STARTS];
}

static bool has_waits(const struct go_watch *watch)
{
    return watch->has[GO_READY] && watch->has[GO_EXECUTES];
}

uint64_t go_watch_closing_ms(const struct go_watch *watch)
{
    return uprobe_closing_ms(&watch->probe);
}

void go_watch_reply(const struct go_watch *watch, struct reply *reply)
{
    bool pauses = has_pauses(watch), waits = has_waits(watch);
    reply_word(reply, "observed", "%s%s%s", pauses ? "gc_pause" : "", pauses && waits ? "," : "", waits ? "sched" : "");
}

void go_watch_on(struct go_watch *watch)
{
    control_on(&watch->skeleton->bss->control);
}

void go_watch_off(struct go_watch *watch)
{
    control_off(&watch->skeleton->bss->control);
}

void go_watch_stats(const struct go_watch *watch, struct reply *reply)
{
    if (has_pauses(watch)) {
        hist_reply((const struct hist *)&watch->skeleton->bss->pause_before, reply, "gc_pause_before_hist");
        hist_reply((const struct hist *)&watch->skeleton->bss->pause_during, reply, "gc_pause_hist");
    }
    if (has_waits(watch)) {
        hist_reply((const struct hist *)&watch->skeleton->bss->wait_before, reply, "sched_before_hist");
        hist_reply((const struct hist *)&watch->skeleton->bss->wait_during, reply, "sched_hist");
    }
}
