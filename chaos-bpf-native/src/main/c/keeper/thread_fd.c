// SPDX-License-Identifier: Apache-2.0
#include "thread_fd.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PIDFD_OF_THREAD O_EXCL /* PIDFD_THREAD of Linux 6.9 */
#define CREATE 6               /* FSCONFIG_CMD_CREATE */
#define CLOSE_ON_EXEC 1        /* FSOPEN_CLOEXEC, FSMOUNT_CLOEXEC */

/* A /proc of our own, mounted nowhere; where there can be none, that which is there. */
static int own_proc(void)
{
    int context = (int)syscall(SYS_fsopen, "proc", CLOSE_ON_EXEC), proc = -1;
    if (context >= 0 && !syscall(SYS_fsconfig, context, CREATE, NULL, NULL, 0))
        proc = (int)syscall(SYS_fsmount, context, CLOSE_ON_EXEC, 0);
    if (context >= 0)
        close(context);
    return proc >= 0 ? proc : open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

pid_t process_of(pid_t tid)
{
    static int proc = -1;
    char path[64], line[256];
    int pid = -1;
    if (proc < 0)
        proc = own_proc();
    snprintf(path, sizeof path, "%d/status", tid);
    int fd = openat(proc, path, O_RDONLY | O_CLOEXEC);
    FILE *status = fd < 0 ? NULL : fdopen(fd, "r");
    while (status && fgets(line, sizeof line, status) && sscanf(line, "Tgid: %d", &pid) != 1)
        ;
    if (status)
        fclose(status);
    else if (fd >= 0)
        close(fd);
    return pid;
}

int thread_fd(pid_t tid)
{
    int fd = (int)syscall(SYS_pidfd_open, tid, PIDFD_OF_THREAD);
    return fd < 0 ? (int)syscall(SYS_pidfd_open, process_of(tid), 0) : fd;
}
