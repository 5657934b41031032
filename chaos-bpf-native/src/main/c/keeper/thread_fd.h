// SPDX-License-Identifier: Apache-2.0
/* The threads that make calls, whose numbers are of our pid namespace: /proc may be that of another. */
#ifndef THREAD_FD_H
#define THREAD_FD_H

#include <sys/types.h>

/* The process of a thread; -1 if there is none. */
pid_t process_of(pid_t tid);

/*
 * A pidfd of a thread, for its descriptors. Before Linux 6.9 of its process: one whose threads have descriptors of
 * their own is out of reach there.
 */
int thread_fd(pid_t tid);

#endif
