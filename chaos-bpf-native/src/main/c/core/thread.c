// SPDX-License-Identifier: Apache-2.0
#include "thread.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#define STACK_SIZE (256 << 10)

int thread_start(pthread_t *thread, void *(*run)(void *), void *arg, struct failure *f)
{
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK_SIZE);
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    int rc = pthread_create(thread, &attributes, run, arg);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
    return rc ? fail(f, FAILED, rc, "cannot start a thread") : 0;
}

/* Only this stack: mlockall() in a JVM would lock its whole heap. */
static void lock_own_stack(void)
{
    pthread_attr_t attributes;
    void *address;
    size_t size;
    if (pthread_getattr_np(pthread_self(), &attributes))
        return;
    if (!pthread_attr_getstack(&attributes, &address, &size))
        mlock(address, size);
    pthread_attr_destroy(&attributes);
}

int thread_become_real_time(const char *name, int priority)
{
    prctl(PR_SET_NAME, name);
    prctl(PR_SET_TIMERSLACK, 1);
    lock_own_stack();
    struct sched_param parameters = {.sched_priority = priority};
    if (!sched_setscheduler(0, SCHED_FIFO | SCHED_RESET_ON_FORK, &parameters))
        return 0;
    int err = errno;                   /* EPERM in a container, too, where real-time bandwidth is dealt out by cgroup */
    setpriority(PRIO_PROCESS, 0, -20); /* in Linux: of this thread */
    return err;
}
