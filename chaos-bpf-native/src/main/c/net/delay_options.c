// SPDX-License-Identifier: Apache-2.0
#include "delay_options.h"

#include <string.h>

#include "clock.h"
#include "latency_options.h"
#include "probers.h"
#include "trace_options.h"

#define BYTES_PER_NS 1.25
#define MIN_DEFAULT_QUEUE (16 << 20)
#define MAX_DEFAULT_QUEUE (256 << 20)
#define MIN_QUEUE (64 << 10)
#define MAX_QUEUE (4ull << 30)

static int parse_latency(struct request *request, struct jitter *jitter, struct failure *f)
{
    __u64 latency_ns, jitter_ns;
    uint64_t seed = clock_now_ns();
    if (latency_options_parse(request, &latency_ns, &jitter_ns, f) ||
        request_number(request, "seed", 0, UINT64_MAX, &seed, f))
        return -1;
    const char *correlation = request_get(request, "correlation");
    if (correlation && !parse_correlation(correlation, &jitter->correlation))
        return fail(f, BAD_REQUEST, 0,
                    "correlation=%.40s: expected a percentage from 0 to 100 with at most four decimals", correlation);
    jitter->latency_ns = latency_ns;
    jitter->spread_ns = jitter_ns;
    jitter->random = seed;
    return 0;
}

/*
 * As much as 10 Gbit/s bring in the time for which it is held, at least 16 MiB, at most what a node can spare for one
 * pod: sixteen connections through 100 ms, whose windows the kernel lets grow to 6 MiB each, do not fill it.
 */
static uint64_t default_queue(const struct jitter *jitter)
{
    double bytes = (double)(jitter->latency_ns + jitter->spread_ns) * BYTES_PER_NS;
    return bytes < MIN_DEFAULT_QUEUE   ? MIN_DEFAULT_QUEUE
           : bytes > MAX_DEFAULT_QUEUE ? MAX_DEFAULT_QUEUE
                                       : (uint64_t)bytes;
}

int delay_queue_parse(struct request *request, struct delay_options *options, struct failure *f)
{
    options->queue = default_queue(&options->jitter);
    options->queue_named = request_get(request, "queue");
    return request_number(request, "queue", MIN_QUEUE, MAX_QUEUE, &options->queue, f);
}

int delay_options_parse(struct request *request, const struct target *target, struct delay_options *options,
                        struct failure *f)
{
    memset(options, 0, sizeof *options);
    if (filter_options_parse(request, &options->packets, f) || trace_options_parse(request, &options->packets, f) ||
        parse_latency(request, &options->jitter, f) || probers_parse(request, target->pid, &options->probers, f) ||
        delay_queue_parse(request, options, f))
        return -1;
    return request_refuse_unknown(request, f);
}
