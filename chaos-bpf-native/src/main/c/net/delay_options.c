// SPDX-License-Identifier: Apache-2.0
#include "delay_options.h"

#include <string.h>

#include "clock.h"
#include "latency_options.h"
#include "probers.h"

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

int delay_options_parse(struct request *request, const struct target *target, struct delay_options *options,
                        struct failure *f)
{
    memset(options, 0, sizeof *options);
    if (filter_options_parse(request, &options->packets, f) || parse_latency(request, &options->jitter, f) ||
        probers_parse(request, target->pid, &options->probers, f))
        return -1;
    return request_refuse_unknown(request, f);
}
