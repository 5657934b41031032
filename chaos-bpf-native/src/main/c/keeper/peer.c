// SPDX-License-Identifier: Apache-2.0
#include "peer.h"

#include <sys/socket.h>
#include <unistd.h>

#include "pid_namespace.h"

struct peer peer_of(int connection)
{
    struct ucred credentials;
    socklen_t size = sizeof credentials;
    if (getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &credentials, &size))
        return (struct peer){.pid = -1};
    bool outside = credentials.pid == 0 || pid_namespace_is_ours(credentials.pid);
    return (struct peer){credentials.pid, credentials.uid == geteuid() && outside};
}
