// SPDX-License-Identifier: Apache-2.0
/* A pidfd of the thread that makes a call, for its descriptors. */
#ifndef THREAD_FD_H
#define THREAD_FD_H

#include <fcntl.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PIDFD_OF_THREAD O_EXCL /* PIDFD_THREAD of Linux 6.9 */

static inline pid_t process_of(pid_t tid)
{
    char path[64], line[256];
    int pid = -1;
    snprintf(path, sizeof path, "/proc/%d/status", tid);
    FILE *status = fopen(path, "re");
    while (status && fgets(line, sizeof line, status) && sscanf(line, "Tgid: %d", &pid) != 1)
        ;
    if (status)
        fclose(status);
    return pid;
}

/* Older kernels open processes only: one whose threads have descriptors of their own is out of reach there. */
static inline int thread_fd(pid_t tid)
{
    int fd = (int)syscall(SYS_pidfd_open, tid, PIDFD_OF_THREAD);
    return fd < 0 ? (int)syscall(SYS_pidfd_open, process_of(tid), 0) : fd;
}

#endif
