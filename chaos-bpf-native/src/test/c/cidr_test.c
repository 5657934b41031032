// SPDX-License-Identifier: Apache-2.0
#include "cidr.h"

#include <arpa/inet.h>

#include "check.h"

static struct filter_cidr cidr;

static int covers(const char *text, const char *address)
{
    struct filter_cidr other;
    if (!parse_cidr(text, &cidr) || !parse_cidr(address, &other))
        return -1;
    for (int i = 0; i < 4; i++)
        if ((cidr.address[i] ^ other.address[i]) & cidr.mask[i])
            return 0;
    return 1;
}

static void matches_ipv4_networks(void)
{
    CHECK_EQUAL(covers("10.1.0.0/16", "10.1.255.255"), 1);
    CHECK_EQUAL(covers("10.1.0.0/16", "10.2.0.0"), 0);
    CHECK_EQUAL(covers("192.0.2.7", "192.0.2.7"), 1);
    CHECK_EQUAL(covers("192.0.2.7", "192.0.2.6"), 0);
    CHECK_EQUAL(covers("192.0.2.128/25", "192.0.2.127"), 0);
    CHECK_EQUAL(covers("192.0.2.129/25", "192.0.2.200"), 1); /* bits beyond the prefix do not count */
    CHECK_EQUAL(covers("192.0.2.0/31", "192.0.2.1"), 1);
}

static void a_zero_prefix_is_the_whole_family(void)
{
    CHECK_EQUAL(covers("0.0.0.0/0", "255.255.255.255"), 1);
    CHECK_EQUAL(covers("0.0.0.0/0", "::1"), 0);
    CHECK_EQUAL(covers("::/0", "fd00::1"), 1);
}

static void matches_ipv6_networks(void)
{
    CHECK_EQUAL(covers("fd00::/8", "fdff::1"), 1);
    CHECK_EQUAL(covers("fd00::/8", "fe00::1"), 0);
    CHECK_EQUAL(covers("fd00::/33", "fd00:0:7fff::"), 1);
    CHECK_EQUAL(covers("fd00::/33", "fd00:0:8000::"), 0);
    CHECK_EQUAL(covers("::1", "::1"), 1);
    CHECK_EQUAL(covers("::1/127", "::"), 1);
    CHECK_EQUAL(covers("::1", "::3"), 0);
}

static void refuses_what_is_no_cidr(void)
{
    const char *bad[] = {"",
                         "10.0.0",
                         "10.0.0.0/",
                         "10.0.0.0/33",
                         "10.0.0.0/-1",
                         "10.0.0.0/a",
                         "10.0.0.0/8/",
                         "::1/129",
                         "host.name",
                         "300.0.0.1",
                         "/8",
                         "10.0.0.0/ 8",
                         "0123456789012345678901234567890123456789012345678901234567890123456789"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(!parse_cidr(bad[i], &cidr));
}

static void reads_port_ranges(void)
{
    uint16_t lo, hi;
    CHECK(parse_port_range("80", &lo, &hi) && lo == 80 && hi == 80);
    CHECK(parse_port_range("1-65535", &lo, &hi) && lo == 1 && hi == 65535);
    CHECK(parse_port_range("7-7", &lo, &hi) && lo == 7 && hi == 7);
    const char *bad[] = {"", "0", "65536", "9-8", "1-", "-1", "1-2-3", "80x", "123456789-2", "0-5"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(!parse_port_range(bad[i], &lo, &hi));
}

static const char *endpoint(const char *address, uint16_t port, uint16_t protocol)
{
    static char text[64];
    parse_cidr(address, &cidr);
    struct filter_endpoint endpoint = {.port = port, .protocol = protocol};
    memcpy(endpoint.address, cidr.address, sizeof endpoint.address);
    format_endpoint(&endpoint, text, sizeof text);
    return text;
}

static void writes_endpoints(void)
{
    CHECK_TEXT(endpoint("192.0.2.1", 53, 17), "192.0.2.1:53/udp");
    CHECK_TEXT(endpoint("fd00::1", 443, 6), "[fd00::1]:443/tcp");
    CHECK_TEXT(endpoint("192.0.2.1", 0, 1), "192.0.2.1/icmp");
    CHECK_TEXT(endpoint("fd00::1", 0, 58), "[fd00::1]/icmp");
    CHECK_TEXT(endpoint("192.0.2.1", 0, 47), "192.0.2.1/47");
}

int main(void)
{
    RUN(matches_ipv4_networks);
    RUN(a_zero_prefix_is_the_whole_family);
    RUN(matches_ipv6_networks);
    RUN(refuses_what_is_no_cidr);
    RUN(reads_port_ranges);
    RUN(writes_endpoints);
    return check_summary();
}
