// SPDX-License-Identifier: Apache-2.0
#include "pidfd.h"

#include <errno.h>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

int pidfd_open_process(pid_t pid, struct failure *f)
{
    int pidfd = (int)syscall(SYS_pidfd_open, pid, 0); /* close-on-exec always */
    return pidfd < 0 ? fail_errno(f, errno == ESRCH ? NO_TARGET : FAILED, "pidfd_open of process %d", pid) : pidfd;
}

bool pidfd_has_ended(int pidfd)
{
    struct pollfd end = {.fd = pidfd, .events = POLLIN};
    return poll(&end, 1, 0) == 1;
}
