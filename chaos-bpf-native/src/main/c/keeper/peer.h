// SPDX-License-Identifier: Apache-2.0
/* Who is at the other end of a connection. */
#ifndef KEEPER_PEER_H
#define KEEPER_PEER_H

#include <stdbool.h>
#include <sys/types.h>

struct peer {
    pid_t pid;    /* 0: of a pid namespace around ours */
    bool trusted; /* an agent or `launch`: our user, and in no pid namespace below ours, where pods are */
};

struct peer peer_of(int connection);

#endif
