// SPDX-License-Identifier: Apache-2.0
#include "probers.h"

#include <netinet/in.h>
#include <string.h>

#include "bpf_call.h"
#include "cidr.h"
#include "gateway.h"

#define PAIRS (DELAY_MAX_PROBERS * DELAY_MAX_PROBED)

static int parse_ports(struct request *request, struct delay_probers *probers, struct failure *f)
{
    const char *rest = request_get(request, "probed_port");
    char item[8];
    uint64_t port;
    int rc = 0;
    while ((rc = next_item(&rest, item, sizeof item)) > 0) {
        if (probers->ports == DELAY_MAX_PROBED)
            return fail(f, BAD_REQUEST, 0, "probed_port: more than %d ports", DELAY_MAX_PROBED);
        if (!parse_number(item, 1, 65535, &port))
            return fail(f, BAD_REQUEST, 0, "probed_port: \"%s\" is not a port from 1 to 65535", item);
        probers->port[probers->ports++] = (uint16_t)port;
    }
    return rc ? fail(f, BAD_REQUEST, 0, "probed_port: an item is empty or longer than %d", (int)sizeof item - 1) : 0;
}

static int parse_address(const char *item, struct delay_probers *probers, struct failure *f)
{
    struct filter_cidr cidr;
    if (probers->addresses == DELAY_MAX_PROBERS)
        return fail(f, BAD_REQUEST, 0, "prober: more than %d addresses", DELAY_MAX_PROBERS);
    if (strchr(item, '/') || !parse_cidr(item, &cidr))
        return fail(f, BAD_REQUEST, 0, "prober: \"%s\" is neither an address nor gateway", item);
    memcpy(probers->address[probers->addresses++], cidr.address, sizeof cidr.address);
    return 0;
}

static int parse_addresses(struct request *request, pid_t pid, struct delay_probers *probers, struct failure *f)
{
    const char *rest = request_get(request, "prober");
    char item[CIDR_TEXT_SIZE];
    int rc = 0;
    while ((rc = next_item(&rest, item, sizeof item)) > 0) {
        if (!strcmp(item, "gateway"))
            probers->addresses +=
                gateways_of(pid, &probers->address[probers->addresses], DELAY_MAX_PROBERS - probers->addresses);
        else if (parse_address(item, probers, f))
            return -1;
    }
    return rc ? fail(f, BAD_REQUEST, 0, "prober: an item is empty or longer than %d", CIDR_TEXT_SIZE - 1) : 0;
}

int probers_parse(struct request *request, pid_t pid, struct delay_probers *probers, struct failure *f)
{
    memset(probers, 0, sizeof *probers);
    const char *probes = request_get(request, "probes");
    if (probes && strcmp(probes, "hit") && strcmp(probes, "spare"))
        return fail(f, BAD_REQUEST, 0, "probes=%.40s: expected hit or spare", probes);
    probers->spared = probes && !strcmp(probes, "spare");
    return parse_ports(request, probers, f) || parse_addresses(request, pid, probers, f) ? -1 : 0;
}

/* ---- stats ---- */

struct tally {
    struct filter_endpoint from; /* the prober's address with the pod's port */
    uint64_t connections;
};

static void count(struct tally *tallies, int *n, const struct delay_connection *connection)
{
    struct filter_endpoint from = {.port = connection->probed, .protocol = IPPROTO_TCP};
    memcpy(from.address, connection->address, sizeof from.address);
    int i = 0;
    while (i < *n && memcmp(&tallies[i].from, &from, sizeof from))
        i++;
    if (i == *n)
        tallies[(*n)++] = (struct tally){.from = from};
    tallies[i].connections++;
}

/* There are no more pairs of address and port than were named. */
void probers_stats(int map, uint64_t packets, struct reply *reply)
{
    struct tally tallies[PAIRS];
    struct delay_connection key, *previous = NULL;
    int n = 0;
    for (int i = 0; i < DELAY_MAX_PROBES && !map_next_key(map, previous, &key); i++, previous = &key)
        count(tallies, &n, &key);
    reply_number(reply, "probe_packets", packets);
    reply_word(reply, "probe_connections", "%s", "");
    for (int i = 0; i < n; i++) {
        char text[64];
        format_endpoint(&tallies[i].from, text, sizeof text);
        reply_more(reply, "%s%s:%llu", i ? "," : "", text, (unsigned long long)tallies[i].connections);
    }
}
