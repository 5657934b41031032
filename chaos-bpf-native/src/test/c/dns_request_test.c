// SPDX-License-Identifier: Apache-2.0
#include "dns_request.h"

#include <arpa/inet.h>

#include "check.h"

static struct request request;
static struct dns_request dns;
static struct failure failure;

static int read_line(const char *line)
{
    if (request_parse(&request, line, &failure))
        return -1;
    request_get(&request, "kind");
    return dns_request_read(&request, &dns, &failure);
}

static void take(const char *line)
{
    CHECK_EQUAL(read_line(line), 0);
}

static void refuse(const char *line, const char *reason)
{
    memset(&failure, 0, sizeof failure);
    CHECK_EQUAL(read_line(line), -1);
    CHECK_TEXT(failure.code ? failure.code : "none", BAD_REQUEST);
    CHECK_CONTAINS(failure.msg, reason);
}

static void reads_each_action(void)
{
    take("attach action=nxdomain patterns=a");
    CHECK_EQUAL(dns.options.action, DNS_EMPTY);
    CHECK_EQUAL(dns.options.flags, 3);
    CHECK_EQUAL(dns.options.stream, DNS_STREAM_RESET);
    take("attach action=servfail patterns=a");
    CHECK_EQUAL(dns.options.flags, 2);
    take("attach action=refused patterns=a");
    CHECK_EQUAL(dns.options.flags, 5);
    take("attach action=nodata patterns=a");
    CHECK_EQUAL(dns.options.action, DNS_EMPTY);
    CHECK_EQUAL(dns.options.flags, 0);
    take("attach action=truncate patterns=a");
    CHECK_EQUAL(dns.options.action, DNS_EMPTY);
    CHECK_EQUAL(dns.options.flags, 0x200);
    CHECK_EQUAL(dns.options.stream, DNS_STREAM_PASS);
    take("attach action=random patterns=a seed=18446744073709551615");
    CHECK_EQUAL(dns.options.action, DNS_RANDOM);
    CHECK(dns.options.seed == UINT64_MAX);
    take("attach action=drop patterns=a");
    CHECK_EQUAL(dns.options.action, DNS_DROP);
    CHECK_EQUAL(dns.options.stream, DNS_STREAM_DROP);
    take("attach action=delay patterns=a latency_us=300000 jitter_us=50000 seed=4");
    CHECK_EQUAL(dns.options.action, DNS_DELAY);
    CHECK_EQUAL(dns.options.stream, DNS_STREAM_DELAY);
    CHECK_EQUAL(dns.delay.latency_ns, 300000000);
    CHECK_EQUAL(dns.delay.spread_ns, 50000000);
    CHECK_EQUAL(dns.delay.random, 4);
    take("attach action=spoof patterns=a ip=::1,0.0.0.0 ttl=86400");
    CHECK_EQUAL(dns.options.action, DNS_SPOOF);
    CHECK(dns.options.has_v4 && dns.options.has_v6);
    CHECK_EQUAL(dns.options.v4, 0);
    CHECK_EQUAL(dns.options.v6[3], htonl(1));
    CHECK_EQUAL(dns.options.ttl, 86400);
}

static void defaults_are_any_type_and_nothing_cached(void)
{
    take("attach action=nxdomain patterns=a");
    CHECK_EQUAL(dns.options.qtype_count, 0);
    CHECK_EQUAL(dns.options.ttl, 0);
    CHECK_EQUAL(dns.options.seed, 0);
    CHECK_EQUAL(dns.options.choice.probability_ppm, 1000000);
    take("attach action=nxdomain patterns=a types=any");
    CHECK_EQUAL(dns.options.qtype_count, 0);
}

static void reads_lists(void)
{
    take("attach action=drop patterns=a.b,*.c.d,E,g? types=AAAA,type99");
    CHECK_EQUAL(dns.options.pattern_count, 4);
    CHECK_TEXT((char *)dns.patterns[1].text.octet, "d.c.");
    CHECK_TEXT((char *)dns.patterns[2].text.octet, "e");
    CHECK_EQUAL(dns.patterns[3].length, 2);
    CHECK_EQUAL(dns.options.qtype_count, 2);
    CHECK_EQUAL(dns.options.qtypes[0], 28);
    CHECK_EQUAL(dns.options.qtypes[1], 99);
}

static void takes_64_patterns_and_no_more(void)
{
    char line[1024] = "attach action=drop patterns=a";
    for (int i = 1; i < DNS_PATTERNS_MAX; i++)
        strcat(line, ",b.c");
    take(line);
    CHECK_EQUAL(dns.options.pattern_count, DNS_PATTERNS_MAX);
    strcat(line, ",one.more");
    refuse(line, "more than 64");
}

static void refusals_name_key_value_and_what_is_legal(void)
{
    refuse("attach patterns=a", "action");
    refuse("attach action=explode patterns=a", "action=explode: expected one of nxdomain");
    refuse("attach action=drop", "patterns");
    refuse("attach action=drop patterns=", "patterns");
    refuse("attach action=drop patterns=a,,b", "patterns: an item is empty");
    refuse("attach action=drop patterns=a,**", "\"**\"");
    refuse("attach action=drop patterns=ok.test,a_b.b@d", "\"a_b.b@d\"");
    refuse("attach action=drop patterns=a types=", "types: ");
    refuse("attach action=drop patterns=a types=A,B", "\"B\" is no record type");
    refuse("attach action=drop patterns=a types=TYPE123456789012", "types: ");
    refuse("attach action=drop patterns=a types=A,A,A,A,A,A,A,A,A,A,A,A,A,A,A,A,A", "more than 16");
    refuse("attach action=drop patterns=a ttl=86401", "ttl");
    refuse("attach action=drop patterns=a seed=-1", "seed");
    refuse("attach action=drop patterns=a probability_ppm=0", "probability_ppm");
    refuse("attach action=drop patterns=a probability_ppm=1000001", "probability_ppm");
    refuse("attach action=drop patterns=a latency_us=5", "latency_us");
    refuse("attach action=delay patterns=a", "latency_us");
    refuse("attach action=delay patterns=a latency_us=0", "latency_us");
    refuse("attach action=delay patterns=a latency_us=60000001", "latency_us");
    refuse("attach action=delay patterns=a latency_us=5 jitter_us=6", "jitter_us");
}

static void only_spoof_takes_addresses(void)
{
    refuse("attach action=spoof patterns=a", "ip is missing");
    refuse("attach action=spoof patterns=a ip=", "ip");
    refuse("attach action=nxdomain patterns=a ip=10.0.0.1", "only action=spoof");
    refuse("attach action=spoof patterns=a ip=10.0.0.256", "\"10.0.0.256\"");
    refuse("attach action=spoof patterns=a ip=10.0.0.1,10.0.0.2", "at most one IPv4");
    refuse("attach action=spoof patterns=a ip=::1,::2", "at most one IPv4 and one IPv6");
    refuse("attach action=spoof patterns=a ip=10.0.0.1/8", "10.0.0.1/8");
    refuse("attach action=spoof patterns=a ip=11111111111111111111111111111111111111111111111111", "too long");
}

static void reads_what_is_known_of_the_names(void)
{
    CHECK(!read_line("attach action=drop patterns=a address=198.18.0.7,fd00::7,198.18.0.7 reconnect=1"));
    CHECK_EQUAL(dns.addresses.count, 2);
    CHECK(dns.reconnect);
    CHECK(!read_line("attach action=drop patterns=a"));
    CHECK_EQUAL(dns.addresses.count, 0);
    CHECK(!dns.reconnect);
    refuse("attach action=drop patterns=a address=", "address");
    refuse("attach action=drop patterns=a address=10.0.0.1,x", "\"x\"");
    refuse("attach action=drop patterns=a address=10.0.0.1/8", "address");
    refuse("attach action=drop patterns=a reconnect=2", "reconnect");
}

int main(void)
{
    RUN(reads_each_action);
    RUN(defaults_are_any_type_and_nothing_cached);
    RUN(reads_lists);
    RUN(takes_64_patterns_and_no_more);
    RUN(refusals_name_key_value_and_what_is_legal);
    RUN(only_spoof_takes_addresses);
    RUN(reads_what_is_known_of_the_names);
    return check_summary();
}
