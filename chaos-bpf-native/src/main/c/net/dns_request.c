// SPDX-License-Identifier: Apache-2.0
#include "dns_request.h"

#include <arpa/inet.h>
#include <string.h>

#include "dns_pattern.h"
#include "latency_options.h"

#define TTL_MAX 86400 /* a day; by default no cache may outlive the fault */

static const struct {
    const char *name;
    enum dns_action action;
    uint32_t flags;
    enum dns_stream stream;
} actions[] = {
    {"nxdomain", DNS_EMPTY, 3, DNS_STREAM_RESET}, {"servfail", DNS_EMPTY, 2, DNS_STREAM_RESET},
    {"refused", DNS_EMPTY, 5, DNS_STREAM_RESET},  {"nodata", DNS_EMPTY, 0, DNS_STREAM_RESET},
    {"spoof", DNS_SPOOF, 0, DNS_STREAM_RESET},    {"random", DNS_RANDOM, 0, DNS_STREAM_RESET},
    {"drop", DNS_DROP, 0, DNS_STREAM_DROP},       {"truncate", DNS_EMPTY, DNS_TRUNCATED, DNS_STREAM_PASS},
    {"delay", DNS_DELAY, 0, DNS_STREAM_DELAY},
};

static int read_action(struct request *request, struct dns_options *options, struct failure *f)
{
    const char *name = request_require(request, "action", f);
    if (!name)
        return -1;
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        if (!strcmp(actions[i].name, name)) {
            options->action = actions[i].action;
            options->flags = actions[i].flags;
            options->stream = actions[i].stream;
            return 0;
        }
    }
    return fail(f, BAD_REQUEST, 0,
                "action=%.40s: expected one of nxdomain, servfail, refused, nodata, spoof, random, drop, truncate, "
                "delay",
                name);
}

static int read_patterns(struct request *request, struct dns_request *dns, struct failure *f)
{
    const char *rest = request_require(request, "patterns", f);
    if (!rest)
        return -1;
    char pattern[DNS_NAME_TEXT + 4];
    int rc;
    while ((rc = next_item(&rest, pattern, sizeof pattern)) > 0) {
        if (dns->options.pattern_count == DNS_PATTERNS_MAX)
            return fail(f, BAD_REQUEST, 0, "patterns: more than %d; take a wildcard, or several faults",
                        DNS_PATTERNS_MAX);
        const char *wrong = dns_pattern_read(pattern, &dns->patterns[dns->options.pattern_count]);
        if (wrong)
            return fail(f, BAD_REQUEST, 0, "patterns: \"%s\": %s; expected a name, *.suffix or beginning*", pattern,
                        wrong);
        dns->options.pattern_count++;
    }
    return rc ? fail(f, BAD_REQUEST, 0, "patterns: an item is empty or longer than 253 characters") : 0;
}

static int read_types(struct request *request, struct dns_options *options, struct failure *f)
{
    const char *rest = request_get(request, "types");
    if (!rest || !strcmp(rest, "any"))
        return 0;
    char item[16];
    int rc;
    while ((rc = next_item(&rest, item, sizeof item)) > 0) {
        uint16_t qtype = dns_qtype_parse(item);
        if (!qtype)
            return fail(f, BAD_REQUEST, 0, "types: \"%s\" is no record type; expected A, AAAA, SRV, … or TYPE65", item);
        if (options->qtype_count == DNS_QTYPES_MAX)
            return fail(f, BAD_REQUEST, 0, "types: more than %d types; take any", DNS_QTYPES_MAX);
        options->qtypes[options->qtype_count++] = qtype;
    }
    return rc ? fail(f, BAD_REQUEST, 0, "types: an item is empty or too long; expected A, AAAA, … or any") : 0;
}

static int read_addresses(struct request *request, struct dns_options *options, struct failure *f)
{
    const char *rest = request_get(request, "ip");
    if (options->action != DNS_SPOOF)
        return rest ? fail(f, BAD_REQUEST, 0, "ip: only action=spoof takes addresses") : 0;
    if (!rest)
        return fail(f, BAD_REQUEST, 0, "ip is missing: action=spoof needs an IPv4 and/or an IPv6 address");
    char item[INET6_ADDRSTRLEN];
    int rc;
    while ((rc = next_item(&rest, item, sizeof item)) > 0) {
        if (!options->has_v4 && inet_pton(AF_INET, item, &options->v4) == 1)
            options->has_v4 = 1;
        else if (!options->has_v6 && inet_pton(AF_INET6, item, options->v6) == 1)
            options->has_v6 = 1;
        else
            return fail(f, BAD_REQUEST, 0, "ip: \"%s\": expected at most one IPv4 and one IPv6 address", item);
    }
    return rc ? fail(f, BAD_REQUEST, 0, "ip: an address is empty or too long") : 0;
}

static int read_known(struct request *request, struct address_set *addresses, struct failure *f)
{
    const char *rest = request_get(request, "address");
    char item[INET6_ADDRSTRLEN];
    uint32_t address[4];
    int rc;
    if (!rest)
        return 0;
    while ((rc = next_item(&rest, item, sizeof item)) > 0) {
        if (!address_parse(item, address))
            return fail(f, BAD_REQUEST, 0, "address: \"%s\": expected IPv4 or IPv6 addresses of the names", item);
        if (addresses->count == ADDRESS_SET_MAX)
            return fail(f, BAD_REQUEST, 0, "address: more than %d", ADDRESS_SET_MAX);
        address_set_add(addresses, address);
    }
    return rc ? fail(f, BAD_REQUEST, 0, "address: an item is empty or too long") : 0;
}

static int read_delay(struct request *request, struct dns_request *dns, struct failure *f)
{
    __u64 latency_ns, jitter_ns;
    if (dns->options.action != DNS_DELAY)
        return 0; /* which makes its keys unknown */
    if (latency_options_parse(request, &latency_ns, &jitter_ns, f))
        return -1;
    dns->delay = (struct jitter){.latency_ns = latency_ns, .spread_ns = jitter_ns};
    return 0;
}

int dns_request_read(struct request *request, struct dns_request *dns, struct failure *f)
{
    memset(dns, 0, sizeof *dns);
    uint64_t ttl = 0, seed = 0, reconnect = 0, probability_ppm = CHOICE_ALWAYS;
    if (read_action(request, &dns->options, f) || read_patterns(request, dns, f) ||
        read_types(request, &dns->options, f) || read_addresses(request, &dns->options, f) ||
        read_known(request, &dns->addresses, f) || read_delay(request, dns, f) ||
        request_number(request, "reconnect", 0, 1, &reconnect, f) ||
        request_number(request, "ttl", 0, TTL_MAX, &ttl, f) ||
        request_number(request, "probability_ppm", 1, CHOICE_ALWAYS, &probability_ppm, f) ||
        request_number(request, "seed", 0, UINT64_MAX, &seed, f) || request_refuse_unknown(request, f))
        return -1;
    dns->options.ttl = (uint32_t)ttl;
    dns->options.seed = dns->delay.random = seed;
    /* Other draws than those of random addresses. */
    dns->options.choice = (struct chaos_choice){.seed = ~seed, .probability_ppm = (uint32_t)probability_ppm};
    dns->reconnect = reconnect;
    return 0;
}
