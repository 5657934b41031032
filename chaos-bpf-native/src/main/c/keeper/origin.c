// SPDX-License-Identifier: Apache-2.0
#include "origin.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "thread_fd.h"

#define SAME_FILE 0 /* KCMP_FILE */

static struct origin origins[MAX_ORIGINS];
static int used; /* slots up to here */

/* 0: the same; -1: cannot be told; else another. A descriptor that is closed is another. */
static int compare(int ring, pid_t thread, int number)
{
    long rc = syscall(SYS_kcmp, getpid(), thread, SAME_FILE, ring, number);
    return rc == 0 ? 0 : rc > 0 || errno == EBADF ? 1 : -1;
}

static struct origin *known(const struct listener *listener, pid_t thread, int number)
{
    for (int i = 0; i < used; i++)
        if (origins[i].listener == listener && origins[i].number == number && !compare(origins[i].ring, thread, number))
            return &origins[i];
    return NULL;
}

static void close_origin(struct origin *origin)
{
    if (origin->ring >= 0)
        close(origin->ring);
    if (origin->pidfd >= 0)
        close(origin->pidfd);
    origin->listener = NULL;
}

static struct origin *create(const struct listener *listener, const struct seccomp_notif *call,
                             const struct foreign_ring *ring)
{
    int i = 0;
    while (i < MAX_ORIGINS && origins[i].listener)
        i++;
    if (i == MAX_ORIGINS)
        return NULL;
    pid_t pid = process_of((pid_t)call->pid);
    origins[i] = (struct origin){.listener = listener,
                                 .pid = pid,
                                 .thread = (pid_t)call->pid,
                                 .pidfd = (int)syscall(SYS_pidfd_open, pid, 0),
                                 .ring = fcntl(ring->fd, F_DUPFD_CLOEXEC, 0),
                                 .number = (int)call->data.args[0]};
    used = i >= used ? i + 1 : used;
    if (origins[i].pidfd >= 0 && origins[i].ring >= 0 && listener_waits(listener, call))
        return &origins[i];
    close_origin(&origins[i]);
    return NULL;
}

struct origin *origin_of(const struct listener *listener, const struct seccomp_notif *call,
                         const struct foreign_ring *ring, bool wanted)
{
    struct origin *origin = known(listener, (pid_t)call->pid, (int)call->data.args[0]);
    return origin || !wanted ? origin : create(listener, call, ring);
}

void origin_use(struct origin *origin)
{
    origin->uses++;
}

void origin_leave(struct origin *origin)
{
    if (--origin->uses == 0)
        close_origin(origin);
}

bool origin_is_closed(const struct origin *origin)
{
    int rc = compare(origin->ring, origin->thread, origin->number);
    if (rc < 0) /* that thread has ended */
        rc = compare(origin->ring, origin->pid, origin->number);
    return rc != 0;
}

bool origin_lives(const struct origin *origin)
{
    return !syscall(SYS_pidfd_send_signal, origin->pidfd, 0, NULL, 0) && !origin_is_closed(origin);
}

struct origin *origin_at(int n)
{
    return n < used && origins[n].listener ? &origins[n] : NULL;
}
