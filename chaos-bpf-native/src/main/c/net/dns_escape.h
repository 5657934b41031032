// SPDX-License-Identifier: Apache-2.0
/*
 * A DNS fault means nothing to a client that keeps its connections. What tells whether it was escaped that way: the
 * addresses of its names, as far as they are known when it begins, and the connections to them that are older.
 */
#ifndef DNS_ESCAPE_H
#define DNS_ESCAPE_H

#include <sys/types.h>

#include "dns_request.h"
#include "reply.h"

struct dns_escape;

/* Where it goes on: the packets that the program counts (older.h). */
struct dns_older {
    int map;
    volatile __u64 *connections;
};

/*
 * In the namespace of the calling thread, before the fault begins: asks the pod's resolver for the names, and listens
 * to what the pod itself is answered from then on. Adds `older`, `nonexistent` and `unanswered`. NULL only where
 * connections are to be closed and cannot be, or without memory; whatever else fails is said in `older`.
 */
struct dns_escape *dns_escape_open(pid_t pid, int ifindex, const struct dns_request *dns, struct reply *reply,
                                   struct failure *f);

/* The fault has just begun: the addresses are those that were learned; find what is older. How many were closed. */
uint64_t dns_escape_begin(struct dns_escape *escape, const struct dns_older *older);

/* Add addresses, older, kept, kept_connections, closed, unclosed and asked_before. */
void dns_escape_stats(const struct dns_escape *escape, int map, struct reply *reply);

void dns_escape_close(struct dns_escape *escape);

#endif
