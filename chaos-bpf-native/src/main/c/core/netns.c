// SPDX-License-Identifier: Apache-2.0
#include "netns.h"

#include <errno.h>
#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "thread.h"

#ifndef SO_NETNS_COOKIE
#define SO_NETNS_COOKIE 71
#endif

struct job {
    pid_t pid; /* 0: a new namespace */
    uint64_t own_cookie;
    netns_function *run;
    void *arg;
    struct failure *f;
    int rc;
};

/* Tells namespaces apart without /proc (Linux 5.14); false where that cannot be said. */
static bool read_cookie(uint64_t *cookie)
{
    socklen_t size = sizeof *cookie;
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    bool said = fd >= 0 && !getsockopt(fd, SOL_SOCKET, SO_NETNS_COOKIE, cookie, &size);
    int err = errno;
    if (fd >= 0)
        close(fd);
    errno = err;
    return said;
}

/* Where it cannot be said whose namespace we are in now, no fault may go there. */
static int refuse_own(const struct job *job)
{
    uint64_t cookie;
    if (!read_cookie(&cookie))
        return fail_errno(job->f, FAILED, "pid=%d: which network namespace it is in", job->pid);
    if (cookie == job->own_cookie)
        return fail(job->f, BAD_REQUEST, 0,
                    "pid=%d shares the network namespace of the helper (the host's?): a fault there could cut off the"
                    " machine; name a process in a namespace of its own",
                    job->pid);
    return 0;
}

static int enter_of(const struct job *job)
{
    int pidfd = (int)syscall(SYS_pidfd_open, job->pid, 0);
    if (pidfd < 0)
        return fail_errno(job->f, NO_TARGET, "pid=%d: no such process (pidfd_open)", job->pid);
    int rc = setns(pidfd, CLONE_NEWNET);
    int err = errno;
    close(pidfd);
    errno = err;
    if (rc)
        return fail_errno(
            job->f, err == ESRCH ? NO_TARGET : FAILED,
            "pid=%d: cannot enter its network namespace (setns needs CAP_SYS_ADMIN, and CAP_SYS_PTRACE for a"
            " process with more capabilities than ours)",
            job->pid);
    return refuse_own(job);
}

static int enter_new(const struct job *job)
{
    return unshare(CLONE_NEWNET) ? fail_errno(job->f, FAILED, "cannot make a network namespace (unshare)") : 0;
}

static void *run_job(void *arg)
{
    struct job *job = arg;
    job->rc = job->pid ? enter_of(job) : enter_new(job);
    if (!job->rc)
        job->rc = job->run(job->arg, job->f);
    return NULL;
}

static int run_on_thread(struct job *job)
{
    pthread_t thread;
    if (thread_start(&thread, run_job, job, job->f))
        return -1;
    pthread_join(thread, NULL);
    return job->rc;
}

int netns_run_of(pid_t pid, netns_function *run, void *arg, struct failure *f)
{
    struct job job = {.pid = pid, .run = run, .arg = arg, .f = f};
    if (!read_cookie(&job.own_cookie))
        return fail_errno(f, FAILED, "which network namespace the helper is in");
    return run_on_thread(&job);
}

int netns_run_private(netns_function *run, void *arg, struct failure *f)
{
    struct job job = {.run = run, .arg = arg, .f = f};
    return run_on_thread(&job);
}
