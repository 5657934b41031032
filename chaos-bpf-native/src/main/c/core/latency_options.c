// SPDX-License-Identifier: Apache-2.0
#include "latency_options.h"

#define MAX_LATENCY_US 60000000

int latency_options_parse(struct request *request, __u64 *latency_ns, __u64 *jitter_ns, struct failure *f)
{
    uint64_t latency_us = 0, jitter_us = 0;
    if (!request_require(request, "latency_us", f) ||
        request_number(request, "latency_us", 1, MAX_LATENCY_US, &latency_us, f) ||
        request_number(request, "jitter_us", 0, latency_us, &jitter_us, f))
        return -1;
    *latency_ns = latency_us * 1000;
    *jitter_ns = jitter_us * 1000;
    return 0;
}
