// SPDX-License-Identifier: Apache-2.0
#include "go_tracer_process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "descriptors.h"
#include "go_rest.h"
#include "gotrace.h"

static void keep_descriptors(const struct go_tracer_task *task)
{
    int kept[GO_TRACER_SITES + 2] = {task->helper, task->ready}, count = 2;
    for (int i = 0; i < task->count; i++)
        kept[count++] = task->sites[i].holds;
    descriptors_keep(kept, count);
}

/* Threads that are ours already, or have ended, are no reason to fail. */
static int seize_listed(const char *names, long size, int *seized)
{
    struct entry {
        uint64_t inode, offset;
        uint16_t length;
        uint8_t type;
        char name[];
    };
    for (long at = 0; at < size;) {
        const struct entry *entry = (const struct entry *)(names + at);
        pid_t thread = atoi(entry->name);
        at += entry->length;
        if (thread && !ptrace(PTRACE_SEIZE, thread, 0, PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC))
            ++*seized;
        else if (thread && !*seized && errno != ESRCH)
            return errno;
    }
    return 0;
}

/* What traced threads start is traced by itself, but until all are they may start others: look until there are none. */
static int seize_all(pid_t target)
{
    _Alignas(8) char path[64], names[4096];
    snprintf(path, sizeof path, "/proc/%d/task", target);
    for (int seized = 0, before = -1; seized > before;) {
        before = seized;
        int directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), rc = directory < 0 ? errno : 0;
        long size;
        while (!rc && (size = syscall(SYS_getdents64, directory, names, sizeof names)) > 0)
            rc = seize_listed(names, size, &seized);
        if (directory >= 0)
            close(directory);
        if (rc || !seized)
            return rc ? rc : ESRCH;
    }
    return 0;
}

static bool stops_group(int signal)
{
    return signal == SIGSTOP || signal == SIGTSTP || signal == SIGTTIN || signal == SIGTTOU;
}

static bool comes_from_probe(pid_t thread)
{
    siginfo_t info;
    return !ptrace(PTRACE_GETSIGINFO, thread, 0, &info) && info.si_code == SI_KERNEL;
}

/* A new program in the process has nothing that we know. */
static void answer(const struct go_tracer_task *task, struct go_rest *rest, pid_t thread, int status)
{
    int signal = WSTOPSIG(status), event = status >> 16;
    if (event == PTRACE_EVENT_EXEC) {
        ptrace(PTRACE_DETACH, thread, 0, 0);
    } else if (event == PTRACE_EVENT_STOP && stops_group(signal)) {
        ptrace(PTRACE_LISTEN, thread, 0, 0);
    } else if (event) {
        ptrace(PTRACE_CONT, thread, 0, 0);
    } else if (signal == GOTRACE_SIGNAL && comes_from_probe(thread)) {
        uint64_t ns = go_turn(thread, task->sites, task->count);
        if (ns)
            go_rest_begin(rest, thread, clock_now_ns() + ns);
        else
            ptrace(PTRACE_CONT, thread, 0, 0);
    } else {
        ptrace(PTRACE_CONT, thread, 0, signal);
    }
}

/* Whether there are any threads left; *wait becomes the time until one that rests goes on, as of go_rest_end(). */
static bool answer_all(const struct go_tracer_task *task, int64_t *wait)
{
    static struct go_rest rest;
    int status;
    pid_t thread;
    while ((thread = waitpid(-1, &status, __WALL | WNOHANG)) > 0) {
        if (WIFSTOPPED(status))
            answer(task, &rest, thread, status);
        go_rest_end(&rest);
    }
    *wait = go_rest_end(&rest);
    return thread == 0;
}

static int open_signals(void)
{
    sigset_t all, heard;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    signal(SIGCHLD, SIG_DFL);
    sigemptyset(&heard);
    sigaddset(&heard, SIGCHLD);
    sigaddset(&heard, SIGTERM);
    return signalfd(-1, &heard, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* No group of processes to which a signal for others may go. */
static void become_independent(void)
{
    prctl(PR_SET_NAME, "chaos-tracer");
    prctl(PR_SET_TIMERSLACK, 1);
    setsid();
    setpriority(PRIO_PROCESS, 0,
                -20); /* while it is late, a thread stands still; real time would take it to another CPU */
}

void go_tracer_process(const struct go_tracer_task *task)
{
    become_independent();
    keep_descriptors(task);
    struct pollfd sources[] = {{.fd = task->helper, .events = POLLIN}, {.fd = open_signals(), .events = POLLIN}};
    int err = sources[1].fd < 0 ? errno : seize_all(task->target);
    if (write(task->ready, &err, sizeof err) != sizeof err || err)
        _exit(1);
    close(task->ready);
    int64_t wait;
    while (answer_all(task, &wait)) {
        struct signalfd_siginfo heard;
        const struct timespec time = {.tv_nsec = wait};
        if (ppoll(sources, 2, wait < 0 ? NULL : &time, NULL) > 0 && sources[0].revents)
            break;
        if (read(sources[1].fd, &heard, sizeof heard) == sizeof heard && heard.ssi_signo == SIGTERM)
            break;
    }
    _exit(0);
}
