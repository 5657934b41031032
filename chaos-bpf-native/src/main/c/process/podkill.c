// SPDX-License-Identifier: Apache-2.0
/* kind=podkill: a signal to the first process of a container, once each time it is switched on. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "clock.h"
#include "fault.h"
#include "pid_namespace.h"
#include "pidfd.h"

struct kill_fault {
    struct fault fault;
    struct chaos_control control;
    int pidfd;
    int signal;
};

struct kill_options {
    int signal;
    bool named; /* as a container: whatever is in its cgroup may be killed, also in the pid namespace of the node */
};

static void *kill_prepare(struct request *request, const struct target *target, struct failure *f)
{
    (void)target;
    const char *name = request_require(request, "signal", f);
    if (!name)
        return NULL;
    struct kill_options *options = calloc(1, sizeof *options);
    if (!options) {
        fail(f, FAILED, ENOMEM, "no memory for a kill");
        return NULL;
    }
    request_get(request, "seed"); /* every fault is given one; there is nothing to draw here */
    options->named = request_get(request, "container") != NULL;
    options->signal = !strcmp(name, "kill") ? SIGKILL : !strcmp(name, "term") ? SIGTERM : 0;
    if (options->signal)
        return options;
    fail(f, BAD_REQUEST, 0, "signal=%.20s: expected kill or term", name);
    free(options);
    return NULL;
}

/* Ours are not for killing, nor is anything of the machine that no container has. */
static int refuse_foreign(int pidfd, const struct kill_options *options, pid_t pid, struct failure *f)
{
    struct pid_namespace of;
    if (!pid_namespace_open(pidfd, &of))
        return fail(f, NO_TARGET, 0, "the pid namespace of process %d cannot be read, as when it has ended", pid);
    bool ours = pid_namespace_is_ours(&of);
    pid_namespace_close(&of);
    if (pid == getpid() || pid == getppid() || (ours && !options->named))
        return fail(f, NO_TARGET, 0, "process %d is in the helper's own pid namespace: no pod, so it is not killed",
                    pid);
    return 0;
}

static struct fault *kill_attach(void *wanted, const struct target *target, struct reply *reply, struct failure *f)
{
    (void)reply;
    const struct kill_options *options = wanted;
    int pidfd = pidfd_open_process(target->pid, f);
    if (pidfd < 0)
        return NULL;
    struct kill_fault *fault = refuse_foreign(pidfd, options, target->pid, f) ? NULL : calloc(1, sizeof *fault);
    if (!fault) {
        close(pidfd);
        return NULL;
    }
    fault->fault.mechanism = "signal by pidfd";
    fault->fault.control = &fault->control;
    fault->pidfd = pidfd;
    fault->signal = options->signal;
    return &fault->fault;
}

/* One that has ended already, but is not waited for yet, takes signals as well. */
static void kill_on(struct fault *attached, struct reply *reply)
{
    struct kill_fault *fault = (struct kill_fault *)attached;
    fault_switch_on(attached, reply);
    fault->control.seen++;
    if (pidfd_has_ended(fault->pidfd))
        return;
    fault->control.matched++;
    if (syscall(SYS_pidfd_send_signal, fault->pidfd, fault->signal, NULL, 0))
        return;
    fault->control.first_hit_ns = clock_now_ns();
    fault->control.hit++;
}

static void kill_stats(struct fault *attached, struct reply *reply)
{
    reply_word(reply, "ended", "%s", pidfd_has_ended(((struct kill_fault *)attached)->pidfd) ? "yes" : "no");
}

static void kill_detach(struct fault *attached)
{
    close(((struct kill_fault *)attached)->pidfd);
    free(attached);
}

const struct fault_kind podkill_kind = {
    .name = "podkill",
    .prepare = kill_prepare,
    .attach = kill_attach,
    .on = kill_on,
    .stats = kill_stats,
    .detach = kill_detach,
};
