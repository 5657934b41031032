// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* What a program shares with the C side to tell which connections are older than its fault, and how they are used. */
#ifndef OLDER_H
#define OLDER_H

#include <linux/types.h>

#define OLDER_MAX 4096

/*
 * What is sent later than this after `on` is no request that was under way: a client that keeps no connection may be
 * between its connect and its request at that moment.
 */
#define OLDER_GRACE_NS 250000000ULL

/* Seen from the pod. Addresses in network byte order, IPv4 as ::ffff:a.b.c.d; ports in the machine's. */
struct older_connection {
    __u32 local[4], remote[4];
    __u16 local_port, remote_port;
};

#endif
