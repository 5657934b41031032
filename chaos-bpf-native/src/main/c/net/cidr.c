// SPDX-License-Identifier: Apache-2.0
#include "cidr.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#include "request.h"

#define IPV4_PREFIX 96 /* of ::ffff:0:0 */

static void set_mask(uint32_t mask[4], unsigned int bits)
{
    for (unsigned int i = 0; i < 4; i++) {
        unsigned int here = bits <= i * 32 ? 0 : bits - i * 32;
        mask[i] = here >= 32 ? ~0u : here ? htonl(~0u << (32 - here)) : 0;
    }
}

bool parse_cidr(const char *text, struct filter_cidr *out)
{
    char address[CIDR_TEXT_SIZE];
    const char *slash = strchrnul(text, '/');
    if ((size_t)(slash - text) >= sizeof address)
        return false;
    memcpy(address, text, slash - text);
    address[slash - text] = 0;

    unsigned int before = 0; /* bits that the caller did not write */
    memset(out, 0, sizeof *out);
    if (inet_pton(AF_INET, address, &out->address[3]) == 1) {
        before = IPV4_PREFIX;
        out->address[2] = htonl(0xffff);
    } else if (inet_pton(AF_INET6, address, out->address) != 1) {
        return false;
    }
    uint64_t bits = 128 - before;
    if (*slash && !parse_number(slash + 1, 0, 128 - before, &bits))
        return false;
    set_mask(out->mask, before + (unsigned int)bits);
    return true;
}

bool parse_port_range(const char *text, uint16_t *lo, uint16_t *hi)
{
    char first[8];
    const char *dash = strchrnul(text, '-');
    uint64_t low, high;
    if ((size_t)(dash - text) >= sizeof first)
        return false;
    memcpy(first, text, dash - text);
    first[dash - text] = 0;
    if (!parse_number(first, 1, 65535, &low) || !parse_number(*dash ? dash + 1 : first, low, 65535, &high))
        return false;
    *lo = (uint16_t)low;
    *hi = (uint16_t)high;
    return true;
}

static const char *protocol_name(uint16_t protocol)
{
    switch (protocol) {
    case IPPROTO_TCP:
        return "tcp";
    case IPPROTO_UDP:
        return "udp";
    case IPPROTO_ICMP:
    case IPPROTO_ICMPV6:
        return "icmp";
    default:
        return NULL;
    }
}

void format_endpoint(const struct filter_endpoint *endpoint, char *text, int size)
{
    char address[INET6_ADDRSTRLEN], port[8] = "", number[8];
    const uint32_t *a = endpoint->address;
    bool ipv4 = !a[0] && !a[1] && a[2] == htonl(0xffff);
    inet_ntop(ipv4 ? AF_INET : AF_INET6, ipv4 ? &a[3] : a, address, sizeof address);
    if (endpoint->port)
        snprintf(port, sizeof port, ":%d", endpoint->port);
    snprintf(number, sizeof number, "%d", endpoint->protocol);
    const char *protocol = protocol_name(endpoint->protocol);
    snprintf(text, size, ipv4 ? "%s%s/%s" : "[%s]%s/%s", address, port, protocol ? protocol : number);
}
