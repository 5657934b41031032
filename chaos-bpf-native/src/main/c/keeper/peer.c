// SPDX-License-Identifier: Apache-2.0
#include "peer.h"

#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "pid_namespace.h"

static bool is_in_our_namespace(pid_t pid)
{
    struct pid_namespace its = NO_PID_NAMESPACE;
    int pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
    bool ours = pidfd >= 0 && pid_namespace_open(pidfd, &its) && pid_namespace_is_ours(&its);
    pid_namespace_close(&its);
    if (pidfd >= 0)
        close(pidfd);
    return ours;
}

struct peer peer_of(int connection)
{
    struct ucred credentials;
    socklen_t size = sizeof credentials;
    if (getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &credentials, &size))
        return (struct peer){.pid = -1};
    bool outside = credentials.pid == 0 || is_in_our_namespace(credentials.pid);
    return (struct peer){credentials.pid, credentials.uid == geteuid() && outside};
}
