// SPDX-License-Identifier: Apache-2.0
#include "reorder_options.h"

#include <string.h>

#include "chance_options.h"
#include "clock.h"
#include "latency_options.h"
#include "probers.h"

#define LARGEST_GAP 100000

static int parse_order(struct request *request, struct delay_options *options, struct failure *f)
{
    __u64 latency_ns, jitter_ns;
    uint64_t seed = clock_now_ns(), gap = 1;
    if (latency_options_parse(request, &latency_ns, &jitter_ns, f) ||
        request_number(request, "seed", 0, UINT64_MAX, &seed, f) ||
        chance_options_parse(request, seed, &options->ahead, f) ||
        request_number(request, "gap", 1, LARGEST_GAP, &gap, f))
        return -1;
    if (gap == 1 && options->ahead.begins_bad == CHANCE_ONE)
        return fail(f, BAD_REQUEST, 0,
                    "probability_ppm: expected less than 1000000, or gap=2 or more: where all packets go at once, none "
                    "is held, and none overtaken");
    options->gap = (uint32_t)gap;
    options->jitter = (struct jitter){.latency_ns = latency_ns, .spread_ns = jitter_ns, .random = seed};
    return 0;
}

int reorder_options_parse(struct request *request, const struct target *target, struct delay_options *options,
                          struct failure *f)
{
    memset(options, 0, sizeof *options);
    if (filter_options_parse(request, &options->packets, f) || parse_order(request, options, f) ||
        probers_parse(request, target->pid, &options->probers, f) || delay_queue_parse(request, options, f))
        return -1;
    return request_refuse_unknown(request, f);
}
