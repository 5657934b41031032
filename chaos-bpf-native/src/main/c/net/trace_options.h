// SPDX-License-Identifier: Apache-2.0
/* The one request that a fault on packets means: what a request to us says of it, and `stats` of others. */
#ifndef TRACE_OPTIONS_H
#define TRACE_OPTIONS_H

#include "filter_options.h"

/* Reads trace=, if it is there, into what filter_options_parse() has read. */
int trace_options_parse(struct request *request, struct filter_options *options, struct failure *f);

/* Adds trace_requests trace_cut trace_http2 trace_tls, where a trace is meant. */
void trace_stats(const volatile struct trace_filter *trace, const volatile struct trace_counts *seen,
                 struct reply *reply);

#endif
