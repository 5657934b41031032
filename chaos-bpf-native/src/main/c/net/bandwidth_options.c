// SPDX-License-Identifier: Apache-2.0
#include "bandwidth_options.h"

#include <string.h>

#include "probers.h"

#define LEAST_RATE 1000 /* bit/s */
#define MOST_RATE 100000000000
#define BUFFER_NS 1000000 /* how long it lasts at full rate by default, */
#define LEAST_BUFFER 1600 /* and at least: a packet */
#define LIMIT_NS 200000000
#define LEAST_LIMIT (256 << 10) /* some super-packets */
#define MOST_BUFFER (1u << 30)
#define MOST_LIMIT (1u << 30)

static uint64_t within(uint64_t least, uint64_t value, uint64_t most)
{
    return value < least ? least : value > most ? most : value;
}

int bandwidth_options_parse(struct request *request, const struct target *target, struct delay_options *options,
                            struct failure *f)
{
    uint64_t bits = 0, unused;
    memset(options, 0, sizeof *options);
    if (filter_options_parse(request, &options->packets, f) || !request_require(request, "rate_bit", f) ||
        request_number(request, "rate_bit", LEAST_RATE, MOST_RATE, &bits, f) ||
        request_number(request, "seed", 0, UINT64_MAX, &unused, f) || /* told to all kinds; nothing is drawn here */
        probers_parse(request, target->pid, &options->probers, f))
        return -1;
    double bytes_per_ns = (double)bits / 8e9;
    uint64_t buffer = within(LEAST_BUFFER, (uint64_t)(bytes_per_ns * BUFFER_NS), MOST_BUFFER);
    options->limit = within(LEAST_LIMIT, (uint64_t)(bytes_per_ns * LIMIT_NS), MOST_LIMIT);
    if (request_number(request, "buffer", LEAST_BUFFER, MOST_BUFFER, &buffer, f) ||
        request_number(request, "limit", LEAST_BUFFER, MOST_LIMIT, &options->limit, f))
        return -1;
    options->queue = options->limit;
    options->queue_named = request_get(request, "limit");
    options->shaper = (struct shaper){.bits_per_second = bits, .buffer = buffer};
    return request_refuse_unknown(request, f);
}
