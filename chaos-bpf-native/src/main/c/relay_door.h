// SPDX-License-Identifier: Apache-2.0
/* Where a relay listens, and where what comes in there is to go. */
#ifndef RELAY_DOOR_H
#define RELAY_DOOR_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>

struct relay_door {
    uint16_t port; /* on the loopback */
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
    } target;
    const char *name; /* of the target, as it was given */
};

/* Read `PORT=ADDRESS:PORT`, an IPv6 address in brackets; false when it is not that. Keeps a pointer into the text. */
bool relay_door_parse(const char *text, struct relay_door *door);

socklen_t relay_door_size(const struct relay_door *door);

/* A listening socket that does not block; -1 with errno. */
int relay_door_listen(const struct relay_door *door);

/* A connection under way, or -1 with errno. */
int relay_door_connect(const struct relay_door *door);

#endif
