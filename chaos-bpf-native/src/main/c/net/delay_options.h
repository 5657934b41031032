// SPDX-License-Identifier: Apache-2.0
/* What `attach kind=delay` asks for. */
#ifndef DELAY_OPTIONS_H
#define DELAY_OPTIONS_H

#include <stdbool.h>

#include "delay.h"
#include "jitter.h"
#include "request.h"
#include "target.h"

struct delay_options {
    bool egress, ingress;
    struct jitter jitter; /* latency, spread, correlation, seed */
    struct delay_filter filter;
    struct delay_probers probers;
};

/* Reads all keys of the kind, refuses unknown ones. Without seed= one is drawn. The target may be asked for its
 * gateway. */
int delay_options_parse(struct request *request, const struct target *target, struct delay_options *options,
                        struct failure *f);

#endif
