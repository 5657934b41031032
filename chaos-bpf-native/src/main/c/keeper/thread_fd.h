// SPDX-License-Identifier: Apache-2.0
/* A pidfd of the thread that makes a call, for its descriptors. */
#ifndef THREAD_FD_H
#define THREAD_FD_H

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PIDFD_OF_THREAD O_EXCL /* PIDFD_THREAD of Linux 6.9 */

/* Older kernels open the first thread of a process only: the one that came with the listener stands in for the rest. */
static inline int thread_fd(pid_t tid, int process)
{
    int fd = (int)syscall(SYS_pidfd_open, tid, PIDFD_OF_THREAD);
    if (fd < 0)
        fd = (int)syscall(SYS_pidfd_open, tid, 0);
    return fd < 0 ? process : fd;
}

static inline void thread_fd_close(int fd, int process)
{
    if (fd >= 0 && fd != process)
        close(fd);
}

#endif
