// SPDX-License-Identifier: Apache-2.0
/* Which packets a fault on a network means: what a request says of them, and what `stats` does of those that were seen.
 */
#ifndef FILTER_OPTIONS_H
#define FILTER_OPTIONS_H

#include <stdbool.h>

#include "filter.h"
#include "reply.h"
#include "request.h"

struct filter_options {
    bool egress, ingress;
    struct packet_filter filter;
    struct trace_filter trace; /* by trace_options.h, of kinds that know it */
};

/* Reads direction= target= port= local_port= protocol= spared= spared_port=. */
int filter_options_parse(struct request *request, struct filter_options *options, struct failure *f);

/* Adds peers=, of the map of endpoints. */
void filter_stats(int endpoints, struct reply *reply);

#endif
