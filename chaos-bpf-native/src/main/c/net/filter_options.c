// SPDX-License-Identifier: Apache-2.0
#include "filter_options.h"

#include <netinet/in.h>
#include <string.h>

#include "bpf_call.h"
#include "cidr.h"

static int parse_direction(struct request *request, struct filter_options *options, struct failure *f)
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

static int parse_peers(struct request *request, struct packet_filter *filter, struct failure *f)
{
    const char *rest = request_get(request, "target");
    char item[CIDR_TEXT_SIZE];
    int rc = 0;
    while ((rc = next_item(&rest, item, sizeof item)) > 0) {
        if (filter->peers == FILTER_MAX_PEERS)
            return fail(f, BAD_REQUEST, 0, "target: more than %d CIDRs", FILTER_MAX_PEERS);
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

static int parse_protocol(struct request *request, struct packet_filter *filter, struct failure *f)
{
    const char *protocol = request_get(request, "protocol");
    if (!protocol)
        return 0;
    filter->protocol = !strcmp(protocol, "tcp") ? IPPROTO_TCP : !strcmp(protocol, "udp") ? IPPROTO_UDP : 0;
    return filter->protocol ? 0 : fail(f, BAD_REQUEST, 0, "protocol=%.40s: expected tcp or udp", protocol);
}

static int parse_spared(struct request *request, struct packet_filter *filter, struct failure *f)
{
    const char *spared = request_get(request, "spared");
    if (parse_ports(request, "spared_port", &filter->spared_port_lo, &filter->spared_port_hi, f))
        return -1;
    if (!spared != !filter->spared_port_hi)
        return fail(f, BAD_REQUEST, 0, "spared and spared_port come together");
    if (!spared || parse_cidr(spared, &filter->spared))
        return 0;
    return fail(f, BAD_REQUEST, 0, "spared: \"%.60s\" is not an address or CIDR", spared);
}

int filter_options_parse(struct request *request, struct filter_options *options, struct failure *f)
{
    struct packet_filter *filter = &options->filter;
    memset(options, 0, sizeof *options);
    return parse_direction(request, options, f) || parse_peers(request, filter, f) ||
                   parse_ports(request, "port", &filter->peer_port_lo, &filter->peer_port_hi, f) ||
                   parse_ports(request, "local_port", &filter->local_port_lo, &filter->local_port_hi, f) ||
                   parse_protocol(request, filter, f) || parse_spared(request, filter, f)
               ? -1
               : 0;
}

void filter_stats(int map, struct reply *reply)
{
    struct filter_endpoint key, *previous = NULL;
    const char *separator = "";
    reply_word(reply, "peers", "%s", "");
    for (int i = 0; i < FILTER_MAX_SEEN && !map_next_key(map, previous, &key); i++, previous = &key) {
        uint64_t count = 0;
        char text[64];
        map_lookup(map, &key, &count);
        format_endpoint(&key, text, sizeof text);
        reply_more(reply, "%s%s:%llu", separator, text, (unsigned long long)count);
        separator = ",";
    }
}
