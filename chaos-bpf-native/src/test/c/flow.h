// SPDX-License-Identifier: Apache-2.0
/* A flow as fast as its way takes it, and the rate at which it arrives. */
#ifndef FLOW_H
#define FLOW_H

#include <stdbool.h>

#include "live.h"

/* What is sent from a pod to its peer, or, turned round, the other way. */
struct flow {
    const char *what, *id, *keys;
    int type;
    bool received;
    double offered_mbit;    /* by UDP, which knows no limit of its own: as payload */
    struct network network; /* of its own: all that arrives in it is this flow's */
    int from, to;
    volatile bool stop;
    double sent_mbit; /* by UDP, what the sender came to: a busy machine may not bring what is to be offered */
    double mbit;      /* at the receiver, in IP bytes on the wire */
};

void flow_open(struct flow *flow, uint16_t port);

/* Sends for settle_ms, measures from an arrival on to one at least window_ms later, and closes the flow. */
void flow_measure(struct flow *flow, int settle_ms, int window_ms);

#endif
