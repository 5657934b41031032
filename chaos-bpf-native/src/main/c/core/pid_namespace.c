// SPDX-License-Identifier: Apache-2.0
#include "pid_namespace.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* By /proc/self/fdinfo, which numbers processes as /proc does, whatever pid namespace we are in; -1 once it is gone. */
static int pid_of(int pidfd)
{
    char path[64], line[256];
    int pid = -1;
    snprintf(path, sizeof path, "/proc/self/fdinfo/%d", pidfd);
    FILE *info = fopen(path, "re");
    while (info && fgets(line, sizeof line, info) && sscanf(line, "Pid: %d", &pid) != 1)
        ;
    if (info)
        fclose(info);
    return pid;
}

/* Looked up twice: the number was that of the same process all the while in between. */
bool pid_namespace_open(int pidfd, struct pid_namespace *held)
{
    char path[64];
    struct stat status;
    int pid = pid_of(pidfd);
    snprintf(path, sizeof path, "/proc/%d/ns/pid", pid);
    int fd = pid > 0 ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    *held = NO_PID_NAMESPACE;
    if (fd < 0)
        return false;
    if (fstat(fd, &status) || pid_of(pidfd) != pid) {
        close(fd);
        return false;
    }
    *held = (struct pid_namespace){fd, status.st_dev, status.st_ino};
    return true;
}

void pid_namespace_close(struct pid_namespace *held)
{
    if (held->fd >= 0)
        close(held->fd);
    *held = NO_PID_NAMESPACE;
}

bool pid_namespace_same(const struct pid_namespace *one, const struct pid_namespace *other)
{
    return one->fd >= 0 && other->fd >= 0 && one->inode == other->inode && one->device == other->device;
}

bool pid_namespace_is_ours(const struct pid_namespace *held)
{
    struct stat own;
    return held->fd >= 0 && !stat("/proc/self/ns/pid", &own) && own.st_ino == held->inode && own.st_dev == held->device;
}
