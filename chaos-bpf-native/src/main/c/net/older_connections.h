// SPDX-License-Identifier: Apache-2.0
/*
 * The connections of a namespace to some addresses that are older than a fault: found when it begins, and on demand
 * closed, so that their owners have to connect anew.
 */
#ifndef OLDER_CONNECTIONS_H
#define OLDER_CONNECTIONS_H

#include <stdbool.h>

#include "address_set.h"
#include "cidr.h"
#include "failure.h"
#include "older.h"
#include "reply.h"
#include "tcp_sockets.h"

#define OLDER_ENDS_MAX 32

/* Connections by their other end; what does not fit is counted as "others". */
struct older_ends {
    int count;
    struct {
        struct filter_endpoint end;
        uint64_t packets, connections;
    } at[OLDER_ENDS_MAX + 1];
};

struct older_connections {
    uint64_t found;
    struct older_ends closed;
    uint64_t unclosed; /* refused by the kernel */
    int why;           /* the errno of the first of these */
};

struct older_connection older_of(const struct tcp_socket *socket);

void older_ends_add(struct older_ends *ends, const struct older_connection *connection, uint64_t packets);

/* ` NAME=END:packets,…`, or how many connections there are to each end. */
void older_ends_reply(const struct older_ends *ends, const char *name, bool packets, struct reply *reply);

/* Of the map: those over which something went on. */
void older_used(int map, struct older_ends *ends);

/*
 * By a socket of tcp_sockets_open(): note those to these addresses in the map; then close them, if so wanted. Ones to a
 * port on which the pod itself listens were made by others, and are left out.
 */
int older_find(int diag, const struct address_set *addresses, int map, bool close, struct older_connections *older,
               struct failure *f);

#endif
