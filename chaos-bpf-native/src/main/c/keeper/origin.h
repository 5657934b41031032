// SPDX-License-Identifier: Apache-2.0
/* The rings that operations were taken from: where their completions go. */
#ifndef KEEPER_ORIGIN_H
#define KEEPER_ORIGIN_H

#include "foreign_ring.h"
#include "listener.h"

struct origin {
    const struct listener *listener; /* NULL: this slot is free */
    pid_t pid, thread;               /* of the process, and of the thread that submitted first */
    int pidfd;                       /* of the process: its number may be another's soon */
    int ring;                        /* a descriptor of ours */
    int number;                      /* its descriptor in the process */
    uint32_t uses;
};

/* That of a ring that a waiting call submits to: known already, or new if wanted; NULL if there is none. */
struct origin *origin_of(const struct listener *listener, const struct seccomp_notif *call,
                         const struct foreign_ring *ring, bool wanted);

/* An operation of it is kept, or is not any more; with the last one it is forgotten. */
void origin_use(struct origin *origin);
void origin_leave(struct origin *origin);

/* Whether the process has closed its ring, or executes another program: a kernel cancels what is left in it. */
bool origin_is_closed(const struct origin *origin);

/* Whether memory of that process is still what its operations meant, and its number still its own. */
bool origin_lives(const struct origin *origin);

/* The n-th, or NULL where that slot is free. */
#define MAX_ORIGINS 1024
struct origin *origin_at(int n);

#endif
