// SPDX-License-Identifier: Apache-2.0
/*
 * The relay: a pod that stands for our load where that cannot get at node ports. It connects to Services as any client
 * in the cluster does, past no fault. Its own clients' connections come as streams of one carrier, a connection by
 * port-forward to its loopback, for a port-forward each would cost more than most of what is asked through it.
 * It is one epoll descriptor in whoever's loop it is served, needs no privilege, and knows TCP only.
 */
#ifndef RELAY_H
#define RELAY_H

#include <stddef.h>

#define RELAY_TARGETS 256

/*
 * Listen at a PORT of the loopback for carriers; TARGETs, up to a NULL, are ADDRESS:PORT (IPv6 in brackets), which
 * streams name by their number. A descriptor that is readable when something is to be done; -1 with a message on
 * stderr.
 */
int relay_open(const char *port, char **targets);

/* Do what is to be done, without waiting. */
void relay_serve(void);

/* As chaosbpf_request(), for all that a relay is asked: hello. */
int relay_request(const char *line, char *reply, size_t size);

#endif
