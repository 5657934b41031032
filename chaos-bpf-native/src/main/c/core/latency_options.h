// SPDX-License-Identifier: Apache-2.0
/* How long something is held: latency_us=1..60000000, required, and jitter_us=0..latency_us. */
#ifndef LATENCY_OPTIONS_H
#define LATENCY_OPTIONS_H

#include <linux/types.h>

#include "request.h"

int latency_options_parse(struct request *request, __u64 *latency_ns, __u64 *jitter_ns, struct failure *f);

#endif
