// SPDX-License-Identifier: Apache-2.0
#include "delay_options.h"

#include <netinet/in.h>
#include <string.h>

#include "cidr.h"
#include "clock.h"
#include "latency_options.h"
#include "probers.h"

static int parse_direction(struct request *request, struct delay_options *options, struct failure *f)
{
    const char *direction = request_require(request, "direction", f);
    if (!direction)
        return -1;
    bool both = !strcmp(direction, "both");
    options->egress = both || !strcmp(direction, "to");
    options->ingress = both || !strcmp(direction, "from");
    if (options->egress || options->ingress)
        return 0;
    return fail(f, BAD_REQUEST, 0, "direction=%.40s: expected to, from or both", direction);
}

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

static int parse_peers(struct request *request, struct delay_filter *filter, struct failure *f)
{
    const char *rest = request_get(request, "target");
    char item[CIDR_TEXT_SIZE];
    int rc = 0;
    while ((rc = next_item(&rest, item, sizeof item)) > 0) {
        if (filter->peers == DELAY_MAX_PEERS)
            return fail(f, BAD_REQUEST, 0, "target: more than %d CIDRs", DELAY_MAX_PEERS);
        if (!parse_cidr(item, &filter->peer[filter->peers++]))
            return fail(f, BAD_REQUEST, 0, "target: \"%s\" is not an address or CIDR such as 10.0.0.0/8, ::1, fd00::/8",
                        item);
    }
    return rc ? fail(f, BAD_REQUEST, 0, "target: an item is empty or longer than %d", CIDR_TEXT_SIZE - 1) : 0;
}

static int parse_ports(struct request *request, const char *key, uint16_t *lo, uint16_t *hi, struct failure *f)
{
    const char *ports = request_get(request, key);
    if (!ports || parse_port_range(ports, lo, hi))
        return 0;
    return fail(f, BAD_REQUEST, 0, "%s=%.40s: expected a port from 1 to 65535, or a range LO-HI", key, ports);
}

static int parse_protocol(struct request *request, struct delay_filter *filter, struct failure *f)
{
    const char *protocol = request_get(request, "protocol");
    if (!protocol)
        return 0;
    filter->protocol = !strcmp(protocol, "tcp") ? IPPROTO_TCP : !strcmp(protocol, "udp") ? IPPROTO_UDP : 0;
    return filter->protocol ? 0 : fail(f, BAD_REQUEST, 0, "protocol=%.40s: expected tcp or udp", protocol);
}

int delay_options_parse(struct request *request, const struct target *target, struct delay_options *options,
                        struct failure *f)
{
    memset(options, 0, sizeof *options);
    struct delay_filter *filter = &options->filter;
    if (parse_direction(request, options, f) || parse_latency(request, &options->jitter, f) ||
        parse_peers(request, filter, f) ||
        parse_ports(request, "port", &filter->peer_port_lo, &filter->peer_port_hi, f) ||
        parse_ports(request, "local_port", &filter->local_port_lo, &filter->local_port_hi, f) ||
        parse_protocol(request, filter, f) || probers_parse(request, target->pid, &options->probers, f))
        return -1;
    return request_refuse_unknown(request, f);
}
