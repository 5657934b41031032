// SPDX-License-Identifier: Apache-2.0
/* What `attach kind=networkdelay` asks for, and others that hold packets in a delay line. */
#ifndef DELAY_OPTIONS_H
#define DELAY_OPTIONS_H

#include "delay.h"
#include "filter_options.h"
#include "jitter.h"
#include "request.h"
#include "shaper.h"
#include "target.h"

struct delay_options {
    struct filter_options packets;
    struct jitter jitter; /* latency, spread, correlation, seed */
    struct delay_probers probers;
    struct shaper shaper; /* of a link with a rate */
    uint64_t limit;       /* bytes of packets that may wait in all; 0: as many as there is room for */
    struct chance ahead;  /* which packets go at once, */
    uint32_t gap;         /* of every so many one at most; 0: none */
    uint64_t queue;       /* bytes that may be held a direction, beside those in the ring */
    bool queue_named;     /* and not by need */
};

/* Reads all keys of the kind, refuses unknown ones. Without seed= one is drawn. The target may be asked for its
 * gateway. */
int delay_options_parse(struct request *request, const struct target *target, struct delay_options *options,
                        struct failure *f);

/* The key queue=, or a default by the latency, which is read by then. */
int delay_queue_parse(struct request *request, struct delay_options *options, struct failure *f);

#endif
