// SPDX-License-Identifier: Apache-2.0
/* Threads of the helper: they may live in a JVM, so no signal may ever be delivered to them. */
#ifndef THREAD_H
#define THREAD_H

#include <pthread.h>

#include "failure.h"

/* Start a thread with all signals blocked and a small stack. */
int thread_start(pthread_t *thread, void *(*run)(void *), void *arg, struct failure *f);

/*
 * Called by a thread that has to be on time: SCHED_FIFO, exact timers, stack locked in memory. Returns 0 or the errno
 * of a refused SCHED_FIFO (EPERM without CAP_SYS_NICE); the thread then goes on as nice as it may be, -20.
 */
int thread_become_real_time(const char *name, int priority);

#endif
