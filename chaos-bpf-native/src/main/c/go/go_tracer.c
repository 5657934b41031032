// SPDX-License-Identifier: Apache-2.0
#include "go_tracer.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "go_tracer_process.h"

#define MAX_TARGETS 64

static struct go_tracer {
    pid_t process; /* 0: has ended */
    int ended_by;  /* the signal that it did not expect */
    struct go_tracer_task task;
} tracers[MAX_TARGETS];

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static struct go_tracer *tracer_of(pid_t target)
{
    for (int i = 0; i < MAX_TARGETS; i++)
        if (tracers[i].task.count && tracers[i].task.target == target)
            return &tracers[i];
    return NULL;
}

static struct go_tracer *new_tracer(pid_t target)
{
    for (int i = 0; i < MAX_TARGETS; i++) {
        if (tracers[i].task.count)
            continue;
        tracers[i] = (struct go_tracer){.task = {.target = target}};
        return &tracers[i];
    }
    return NULL;
}

static int tracing_process(pid_t pid, pid_t *by, struct failure *f)
{
    char path[64], line[256];
    *by = 0;
    snprintf(path, sizeof path, "/proc/%d/status", pid);
    FILE *status = fopen(path, "re");
    if (!status)
        return fail_errno(f, NO_TARGET, "reading %s", path);
    while (fgets(line, sizeof line, status) && sscanf(line, "TracerPid: %d", by) != 1)
        ;
    fclose(status);
    return 0;
}

/* Under the lock as a whole: a tracer of ours that is being ended meanwhile is not somebody else's. */
int go_tracer_foreign(pid_t pid, pid_t *by, struct failure *f)
{
    pthread_mutex_lock(&lock);
    int rc = tracing_process(pid, by, f);
    const struct go_tracer *ours = tracer_of(pid);
    if (ours && ours->process == *by)
        *by = 0;
    pthread_mutex_unlock(&lock);
    return rc;
}

static int refuse(pid_t target, int err, struct failure *f)
{
    if (err == EPERM)
        return fail(f, DENIED, err,
                    "tracing process %d (needs CAP_SYS_PTRACE, and no more than 2 in "
                    "/proc/sys/kernel/yama/ptrace_scope)",
                    target);
    return fail(f, err == ESRCH || err == ENOENT ? NO_TARGET : FAILED, err, "tracing process %d", target);
}

static void stop(struct go_tracer *tracer)
{
    if (!tracer->process)
        return;
    kill(tracer->process, SIGTERM);
    waitpid(tracer->process, NULL, 0);
    tracer->process = 0;
}

/* What all it may need, it has from its beginning: another site is another process. */
static int start(struct go_tracer *tracer, struct failure *f)
{
    struct go_tracer_task *task = &tracer->task;
    int ready[2], err = EPIPE;
    if (pipe2(ready, O_CLOEXEC))
        return fail_errno(f, FAILED, "pipe for a tracer");
    task->ready = ready[1];
    task->helper = (int)syscall(SYS_pidfd_open, getpid(), 0);
    pid_t process = task->helper < 0 ? -1 : fork();
    if (process == 0)
        go_tracer_process(task);
    int cause = errno;
    close(ready[1]);
    if (task->helper >= 0)
        close(task->helper);
    tracer->process = process > 0 ? process : 0;
    if (process < 0 || read(ready[0], &err, sizeof err) != sizeof err || err)
        refuse(task->target, process < 0 ? cause : err, f);
    close(ready[0]);
    if (!err)
        return 0;
    stop(tracer);
    return -1;
}

/* In between nobody is held: the programs see that nobody traces. */
static int restart(struct go_tracer *tracer, struct failure *f)
{
    stop(tracer);
    return start(tracer, f);
}

static int add(pid_t pid, const struct go_turn_site *site, struct failure *f)
{
    struct go_tracer *tracer = tracer_of(pid);
    if (!tracer)
        tracer = new_tracer(pid);
    if (!tracer || tracer->task.count == GO_TRACER_SITES)
        return fail(f, FAILED, 0, "at most %d delays of a process, and %d processes, can be traced", GO_TRACER_SITES,
                    MAX_TARGETS);
    struct go_tracer_task *task = &tracer->task;
    task->sites[task->count++] = *site;
    if (!restart(tracer, f))
        return 0;
    struct failure again;
    if (--task->count)
        start(tracer, &again);
    return -1;
}

int go_tracer_add(pid_t pid, const struct go_turn_site *site, struct failure *f)
{
    pid_t by;
    if (go_tracer_foreign(pid, &by, f))
        return -1;
    if (by)
        return fail(f, DENIED, EBUSY, "process %d is traced by process %d, a debugger or strace", pid, by);
    pthread_mutex_lock(&lock);
    int rc = add(pid, site, f);
    pthread_mutex_unlock(&lock);
    return rc;
}

/* The tracer of other sites may go on with one that is not probed any more. */
void go_tracer_remove(pid_t pid, int holds)
{
    pthread_mutex_lock(&lock);
    struct go_tracer *tracer = tracer_of(pid);
    struct go_tracer_task *task = tracer ? &tracer->task : NULL;
    for (int i = 0; task && i < task->count; i++) {
        if (task->sites[i].holds != holds)
            continue;
        memmove(task->sites + i, task->sites + i + 1, (size_t)(--task->count - i) * sizeof *task->sites);
        break;
    }
    if (task && !task->count)
        stop(tracer);
    pthread_mutex_unlock(&lock);
}

int go_tracer_killed_by(pid_t pid)
{
    int status;
    pthread_mutex_lock(&lock);
    struct go_tracer *tracer = tracer_of(pid);
    if (tracer && tracer->process && waitpid(tracer->process, &status, WNOHANG) == tracer->process) {
        tracer->process = 0;
        tracer->ended_by = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    }
    int signal = tracer ? tracer->ended_by : 0;
    pthread_mutex_unlock(&lock);
    return signal;
}
