// SPDX-License-Identifier: Apache-2.0
/* What streams and bursts are made of. */
#ifndef DATAGRAMS_H
#define DATAGRAMS_H

#include <stdbool.h>
#include <stdint.h>

#include "live.h"

struct datagram {
    uint64_t sent_ns;
    int number;
    char padding[84];
};

#define DATAGRAMS_AT_ONCE 64

/* From the pod to its peer, or the other way; the receiver has room for all that a benchmark sends. */
void datagrams_open(const struct network *network, uint16_t port, bool to_pod, int *sender, int *receiver);

/* What has come, so many at a time that it is not the receiver who is slow; 0: nothing within so long. */
int datagrams_receive(int fd, struct datagram messages[DATAGRAMS_AT_ONCE], int patience_ms);

#endif
