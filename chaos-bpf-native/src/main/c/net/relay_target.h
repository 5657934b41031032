// SPDX-License-Identifier: Apache-2.0
/* What a relay connects to. */
#ifndef RELAY_TARGET_H
#define RELAY_TARGET_H

#include <netinet/in.h>
#include <stdbool.h>

struct relay_target {
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
    } address;
    const char *name; /* as it was given */
};

/* Read `ADDRESS:PORT`, an IPv6 address in brackets; false when it is not that. Keeps a pointer to the text. */
bool relay_target_parse(const char *text, struct relay_target *target);

/* A connection under way, or -1 with errno. */
int relay_target_connect(const struct relay_target *target);

#endif
