// SPDX-License-Identifier: Apache-2.0
/* A client of a relay and its connection to a target: what one sends the other gets, ends and resets included. */
#ifndef RELAY_PAIR_H
#define RELAY_PAIR_H

#include <stdint.h>

#include "relay_door.h"

/* What epoll hands back. It is served one event at a time, so it may be freed by any. */
struct relay_source {
    void (*serve)(struct relay_source *self, uint32_t events);
};

struct relay_counts {
    uint64_t connections, open, failed;
    const char *failed_at; /* the latest target that could not be connected to, NULL for none */
    int failed_errno;
};
extern struct relay_counts relay_counts;

/* Join a client to a door's target. The client is reset when that cannot be. */
void relay_pair_open(int epoll, int client, const struct relay_door *door);

/*
 * Reset those whose client has said all it had to say, and then nothing moved either way for ten seconds: most likely
 * it is gone, for a port-forward ends both ways at once.
 */
void relay_pairs_expire(uint64_t now_ns);

/* Close a socket so that its peer sees a reset, no orderly end. */
void relay_reset(int fd);

#endif
