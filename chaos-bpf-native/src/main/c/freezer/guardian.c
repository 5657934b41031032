// SPDX-License-Identifier: Apache-2.0
#include "guardian.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "descriptors.h"

#define TURN_MS 5
#define READY_MS 5000

/* Into the cgroups of process 1, which no container runtime empties while the node lives: in each hierarchy of ours. */
static void leave_cgroups(void)
{
    char line[MEMBERSHIP_PATH], path[MEMBERSHIP_PATH];
    struct failure ignored;
    FILE *file = fopen("/proc/self/cgroup", "re");
    while (file && fgets(line, sizeof line, file)) {
        char *controllers = strchr(line, ':');
        if (!controllers)
            continue;
        controllers[1 + strcspn(controllers + 1, ":,")] = 0;
        int there = membership_open(1, controllers + 1, path, &ignored);
        int procs = there < 0 ? -1 : openat(there, "cgroup.procs", O_WRONLY | O_CLOEXEC);
        if (procs >= 0 && write(procs, "0", 1) < 0)
            errno = 0; /* it stays: who ends that cgroup ends us, and the next helper thaws */
        close(procs);
        close(there);
    }
    if (file)
        fclose(file);
}

/* Above all the output of the helper: who reads it waits for its end. */
static void close_others(const struct pause *pause, int line)
{
    int kept[FROZEN_POD_MAX + 2] = {line, pause->pidfd}, count = 2;
    for (int i = 0; i < pause->pod.count; i++)
        kept[count++] = pause->pod.freezer[i].directory;
    descriptors_keep(kept, count);
}

static bool is_stale(const struct pause *pause)
{
    return pause->control.owner & CHAOS_OWNER_DIED || pause->control.lease_until_ns < clock_now_ns();
}

static void watch(struct pause *pause, bool ended)
{
    if (ended) {
        pause_end(pause, PAUSE_ENDED);
    } else if (is_stale(pause)) {
        pause->control.expired++;
        pause_end(pause, PAUSE_LEASE);
    } else if (!pause_note(pause) && pause->frozen_ns && frozen_pod_goes_on(&pause->pod)) {
        pause_end(pause, PAUSE_OTHERS);
    }
}

static bool lasts(const struct pause *pause)
{
    return __atomic_load_n(&pause->control.mode, __ATOMIC_ACQUIRE) == CHAOS_ON && pause->end == PAUSE_LASTS;
}

/* Until the line ends. At rest nothing but that and a word of the begin is waited for. */
static void guard(struct pause *pause, int line)
{
    struct pollfd sources[] = {{.fd = line, .events = POLLIN}, {.fd = pause->pidfd, .events = POLLIN}};
    char word;
    for (;;) {
        bool on = lasts(pause);
        int n = poll(sources, on ? 2 : 1, on ? TURN_MS : -1);
        if (n < 0 && errno == EINTR)
            continue;
        if (sources[0].revents && recv(line, &word, 1, 0) <= 0)
            return;
        if (lasts(pause))
            watch(pause, n > 0 && on && sources[1].revents);
    }
}

static void run(struct pause *pause, int line)
{
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL); /* whoever ends a group or a session of the helper's means no guardian */
    prctl(PR_SET_NAME, "chaos-guardian");
    setsid();
    leave_cgroups();
    close_others(pause, line);
    if (send(line, "", 1, MSG_NOSIGNAL) == 1)
        guard(pause, line);
    if (pause->control.mode == CHAOS_ON)
        pause_end(pause, PAUSE_LEASE);
    frozen_pod_release(&pause->pod);
    _exit(0);
}

static int await_ready(struct guardian *guardian, struct failure *f)
{
    struct pollfd ready = {.fd = guardian->line, .events = POLLIN};
    char word;
    int n;
    while ((n = poll(&ready, 1, READY_MS)) < 0 && errno == EINTR)
        ;
    if (n > 0 && recv(guardian->line, &word, 1, 0) == 1)
        return 0;
    guardian_end(guardian);
    return fail(f, FAILED, n ? 0 : ETIMEDOUT,
                "the guardian, which thaws the pod if the helper is killed, does not start");
}

int guardian_start(struct guardian *guardian, struct pause *pause, struct failure *f)
{
    int line[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, line))
        return fail_errno(f, FAILED, "socketpair to a guardian");
    guardian->pid = fork();
    if (!guardian->pid)
        run(pause, line[1]);
    close(line[1]);
    guardian->line = line[0];
    if (guardian->pid > 0)
        return await_ready(guardian, f);
    close(line[0]);
    return fail_errno(f, FAILED, "starting a guardian, which thaws the pod if the helper is killed");
}

void guardian_wake(const struct guardian *guardian)
{
    send(guardian->line, "", 1, MSG_NOSIGNAL | MSG_DONTWAIT); /* refused: it is gone; we thaw the pod all the same */
}

void guardian_end(struct guardian *guardian)
{
    close(guardian->line);
    while (waitpid(guardian->pid, NULL, 0) < 0 && errno == EINTR)
        ;
}
