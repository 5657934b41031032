// SPDX-License-Identifier: Apache-2.0
/*
 * The relay: a pod that stands for our load where that cannot get at node ports. It listens on its own loopback, where
 * port-forwards come in, and connects to Services as any client in the cluster does, past no fault. It is one epoll
 * descriptor in whoever's loop it is served, needs no privilege, and knows TCP only.
 */
#ifndef RELAY_H
#define RELAY_H

#include <stddef.h>

#define RELAY_DOORS 256

/*
 * Listen at each door, `PORT=ADDRESS:PORT` (IPv6 in brackets), up to a NULL. A descriptor that is readable when
 * something is to be done; -1 with a message on stderr.
 */
int relay_open(char **doors);

/* Do what is to be done, without waiting. */
void relay_serve(void);

/* As chaosbpf_request(), for what a relay is asked: hello, and stats (connections, open, failed; the latest failure).
 */
int relay_request(const char *line, char *reply, size_t size);

#endif
