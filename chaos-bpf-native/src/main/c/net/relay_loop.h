// SPDX-License-Identifier: Apache-2.0
/* What a relay waits for: sockets of all kinds, at one epoll descriptor. */
#ifndef RELAY_LOOP_H
#define RELAY_LOOP_H

#include <stdint.h>

/* What epoll hands back. It is served one event at a time, so it may be freed by any. */
struct relay_source {
    void (*serve)(struct relay_source *self, uint32_t events);
};

/* A descriptor that is readable when something is to be done. */
int relay_loop_open(void);

/* Do what is to be done, without waiting. */
void relay_loop_serve(void);

/* Have a descriptor watched for EPOLLIN and EPOLLOUT; for none of them: not at all. *now is what it is watched for. */
void relay_watch(int fd, struct relay_source *source, uint32_t events, uint32_t *now);

/* Close a socket so that its peer sees a reset, no orderly end. */
void relay_reset(int fd);

#endif
