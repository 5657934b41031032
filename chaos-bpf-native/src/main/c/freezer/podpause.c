// SPDX-License-Identifier: Apache-2.0
/* kind=podpause: all processes of a pod stand still while it is on, and go on afterwards as if nothing had been. */
#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "clock.h"
#include "fault.h"
#include "guardian.h"
#include "pidfd.h"

#define FREEZES_WITHIN_MS 100 /* mostly in two; the guardian sees what takes longer */
#define THAWS_WITHIN_MS 1000

struct pause_fault {
    struct fault fault;
    struct pause *pause;
    struct guardian guardian;
};

struct pause_options {
    const char *container; /* its full id; NULL where a process was named */
};

static void *pause_prepare(struct request *request, const struct target *target, struct failure *f)
{
    (void)target;
    struct pause_options *options = calloc(1, sizeof *options);
    if (!options) {
        fail(f, FAILED, ENOMEM, "no memory for a pause");
        return NULL;
    }
    request_get(request, "seed"); /* every fault is given one; there is nothing to draw here */
    options->container = request_get(request, "container");
    return options;
}

static void release(struct pause *pause)
{
    frozen_pod_close(&pause->pod);
    if (pause->pidfd >= 0)
        close(pause->pidfd);
    munmap(pause, sizeof *pause);
}

/* By pidfd first, so that what is found is that of this process. */
static int find(struct pause *pause, const char *container, bool unified, struct failure *f)
{
    pause->pidfd = pidfd_open_process(pause->first, f);
    if (pause->pidfd < 0)
        return -1;
    return frozen_pod_find(&pause->pod, pause->first, container, unified, f) || frozen_pod_claim(&pause->pod, f);
}

static struct pause *open_pause(pid_t first, const char *container, bool unified, struct failure *f)
{
    struct pause *pause = mmap(NULL, sizeof *pause, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (pause == MAP_FAILED) {
        fail_errno(f, FAILED, "memory for a pause");
        return NULL;
    }
    pause->first = first;
    if (!find(pause, container, unified, f))
        return pause;
    release(pause);
    return NULL;
}

static struct fault *attach(const struct pause_options *options, const struct target *target, bool unified,
                            struct reply *reply, struct failure *f)
{
    struct pause *pause = open_pause(target->pid, options->container, unified, f);
    if (!pause)
        return NULL;
    struct pause_fault *fault = calloc(1, sizeof *fault);
    if (!fault || guardian_start(&fault->guardian, pause, f)) {
        if (!fault)
            fail(f, FAILED, ENOMEM, "no memory for a pause");
        frozen_pod_release(&pause->pod);
        release(pause);
        free(fault);
        return NULL;
    }
    fault->fault.mechanism = unified ? "freezer of cgroup v2" : "freezer of cgroup v1";
    fault->fault.control = &pause->control;
    fault->pause = pause;
    reply_number(reply, "cgroups", (uint64_t)pause->pod.count);
    reply_number(reply, "guardian", (uint64_t)fault->guardian.pid);
    return &fault->fault;
}

static struct fault *attach_unified(void *wanted, const struct target *target, struct reply *reply, struct failure *f)
{
    return attach(wanted, target, true, reply, f);
}

static struct fault *attach_v1(void *wanted, const struct target *target, struct reply *reply, struct failure *f)
{
    return attach(wanted, target, false, reply, f);
}

static struct pause *pause_of(struct fault *fault)
{
    return ((struct pause_fault *)fault)->pause;
}

/* The switch comes first: from then on the guardian thaws the pod if we end, whether it is frozen yet or not. */
static void pause_on(struct fault *fault, struct reply *reply)
{
    struct pause *pause = pause_of(fault);
    pause->frozen_ns = pause->thawed_ns = 0;
    pause->end = PAUSE_LASTS;
    fault_switch_on(fault, reply);
    pause->control.seen = (__u64)pause->pod.count;
    pause->control.matched = pidfd_has_ended(pause->pidfd) ? 0 : pause->control.seen;
    if (!pause->control.matched)
        return;
    guardian_wake(&((struct pause_fault *)fault)->guardian);
    frozen_pod_freeze(&pause->pod);
    for (int ms = 0; !pause_note(pause) && ms < FREEZES_WITHIN_MS; ms++)
        usleep(1000);
}

/* The switch comes last, for the same reason. */
static void pause_lift(struct fault *fault)
{
    if (fault->control->mode != CHAOS_ON)
        return;
    pause_end(pause_of(fault), PAUSE_LIFTED);
    control_off(fault->control);
}

static int pause_settle(struct fault *fault, struct failure *f)
{
    struct pause *pause = pause_of(fault);
    for (int ms = 0; ms < THAWS_WITHIN_MS; ms++) {
        if (frozen_pod_goes_on(&pause->pod)) {
            if (pause->control.off_ns && !pause->control.first_clean_ns)
                pause->control.first_clean_ns = clock_now_ns();
            return 0;
        }
        usleep(1000);
    }
    return fail(f, FAILED, 0, "the pod of process %d does not go on %d ms after it was thawed: somebody else froze it",
                pause->first, THAWS_WITHIN_MS);
}

static void pause_stats(struct fault *fault, struct reply *reply)
{
    static const char *const ends[] = {"", "lifted", "lease", "ended", "others"};
    const struct pause *pause = pause_of(fault);
    reply_number(reply, "frozen_us", pause_frozen_ns(pause) / 1000);
    reply_word(reply, "thawed_by", "%s", ends[pause->end]);
}

static void pause_detach(struct fault *attached)
{
    struct pause_fault *fault = (struct pause_fault *)attached;
    pause_lift(attached);
    guardian_end(&fault->guardian);
    frozen_pod_release(&fault->pause->pod); /* as the guardian has, if it lived that long */
    release(fault->pause);
    free(fault);
}

const struct fault_kind podpause_v2 = {
    .name = "podpause",
    .mechanism = "v2",
    .prepare = pause_prepare,
    .attach = attach_unified,
    .on = pause_on,
    .lift = pause_lift,
    .settle = pause_settle,
    .stats = pause_stats,
    .detach = pause_detach,
};

const struct fault_kind podpause_v1 = {
    .name = "podpause",
    .mechanism = "v1",
    .prepare = pause_prepare,
    .attach = attach_v1,
    .on = pause_on,
    .lift = pause_lift,
    .settle = pause_settle,
    .stats = pause_stats,
    .detach = pause_detach,
};
