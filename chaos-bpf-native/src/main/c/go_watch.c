// SPDX-License-Identifier: Apache-2.0
#include "go_watch.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "control.h"
#include "hist.h"
#include "skeleton.h"
#include "uprobe.h"

#include "gowatch.lskel.h"

enum { STOP, START, READY, EXECUTE, WATCHED };

static const char *const functions[WATCHED] = {
    [STOP] = "runtime.stopTheWorldWithSema",
    [START] = "runtime.startTheWorldWithSema",
    [READY] = "runtime.ready",
    [EXECUTE] = "runtime.execute",
};

struct go_watch {
    struct gowatch *skeleton;
    int links[WATCHED];
};

static void configure(struct gowatch *skeleton, const void *options)
{
    (void)skeleton;
    (void)options;
}

SKELETON_LOADER(gowatch)

static int program(const struct go_watch *watch, int i)
{
    const struct gowatch *skeleton = watch->skeleton;
    const int programs[WATCHED] = {
        [STOP] = skeleton->progs.stop_the_world.prog_fd,
        [START] = skeleton->progs.start_the_world.prog_fd,
        [READY] = skeleton->progs.become_ready.prog_fd,
        [EXECUTE] = skeleton->progs.execute.prog_fd,
    };
    return programs[i];
}

/* That a call may be met twice, where the stack grows, does no harm. */
static int attach_all(struct go_watch *watch, const struct go_binary *binary, pid_t pid, struct failure *f)
{
    for (int i = 0; i < WATCHED; i++) {
        struct go_function function;
        struct failure unknown;
        if (go_binary_find_any(binary, functions[i], &function, &unknown))
            continue;
        watch->links[i] = uprobe_attach(program(watch, i), pid, function.probe_offset, f);
        if (watch->links[i] < 0)
            return -1;
    }
    return 0;
}

struct go_watch *go_watch_open(const struct go_binary *binary, pid_t pid, struct failure *f)
{
    struct go_watch *watch = calloc(1, sizeof *watch);
    if (!watch) {
        fail(f, FAILED, ENOMEM, "no memory to watch a Go program");
        return NULL;
    }
    memset(watch->links, -1, sizeof watch->links);
    watch->skeleton = gowatch_load_explained(configure, NULL, f);
    if (watch->skeleton && !attach_all(watch, binary, pid, f))
        return watch;
    go_watch_close(watch);
    return NULL;
}

void go_watch_close(struct go_watch *watch)
{
    for (int i = 0; i < WATCHED; i++)
        if (watch->links[i] >= 0)
            close(watch->links[i]);
    if (watch->skeleton)
        gowatch__destroy(watch->skeleton);
    free(watch);
}

static bool has(const struct go_watch *watch, int one, int other)
{
    return watch->links[one] >= 0 && watch->links[other] >= 0;
}

void go_watch_reply(const struct go_watch *watch, struct reply *reply)
{
    bool pauses = has(watch, STOP, START), waits = has(watch, READY, EXECUTE);
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
    if (has(watch, STOP, START)) {
        hist_reply((const struct hist *)&watch->skeleton->bss->pause_before, reply, "gc_pause_before_hist");
        hist_reply((const struct hist *)&watch->skeleton->bss->pause_during, reply, "gc_pause_hist");
    }
    if (has(watch, READY, EXECUTE)) {
        hist_reply((const struct hist *)&watch->skeleton->bss->wait_before, reply, "sched_before_hist");
        hist_reply((const struct hist *)&watch->skeleton->bss->wait_during, reply, "sched_hist");
    }
}
