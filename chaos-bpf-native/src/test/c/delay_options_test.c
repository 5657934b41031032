// SPDX-License-Identifier: Apache-2.0
#include "delay_options.h"

#include "check.h"

static struct request request;
static struct target target;
static struct delay_options options;
static struct failure failure;

static int parse(const char *keys)
{
    char line[2048];
    snprintf(line, sizeof line, "attach %s", keys);
    failure.msg[0] = 0;
    return request_parse(&request, line, &failure) || delay_options_parse(&request, &target, &options, &failure);
}

static void refuse(const char *keys, const char *reason)
{
    CHECK(parse(keys));
    CHECK_TEXT(failure.code, BAD_REQUEST);
    CHECK_CONTAINS(failure.msg, reason);
}

static void reads_every_key(void)
{
    CHECK(
        !parse("direction=both latency_us=100000 jitter_us=20000 correlation=25.5 target=10.0.0.0/8,fd00::1 port=80-90"
               " local_port=5000 protocol=tcp seed=42"));
    CHECK(options.packets.egress && options.packets.ingress);
    CHECK_EQUAL(options.jitter.latency_ns, 100000000);
    CHECK_EQUAL(options.jitter.spread_ns, 20000000);
    CHECK_EQUAL(options.jitter.correlation, 255000);
    CHECK_EQUAL(options.jitter.random, 42);
    CHECK_EQUAL(options.packets.filter.peers, 2);
    CHECK_EQUAL(options.packets.filter.peer_port_lo, 80);
    CHECK_EQUAL(options.packets.filter.peer_port_hi, 90);
    CHECK_EQUAL(options.packets.filter.local_port_lo, 5000);
    CHECK_EQUAL(options.packets.filter.local_port_hi, 5000);
    CHECK_EQUAL(options.packets.filter.protocol, 6);
}

static void reads_who_probes_what(void)
{
    CHECK(!parse("direction=to latency_us=1 probed_port=8080,6060 prober=10.42.0.1,fd00::1 probes=spare"));
    CHECK_EQUAL(options.probers.ports, 2);
    CHECK_EQUAL(options.probers.port[0], 8080);
    CHECK_EQUAL(options.probers.port[1], 6060);
    CHECK_EQUAL(options.probers.addresses, 2);
    CHECK_EQUAL(options.probers.spared, 1);
    CHECK(!parse("direction=to latency_us=1 probed_port=8080 prober=10.42.0.1 probes=hit"));
    CHECK_EQUAL(options.probers.spared, 0);
    refuse("direction=both latency_us=1 probes=some", "probes=some: expected hit or spare");
    refuse("direction=both latency_us=1 probed_port=0", "\"0\" is not a port from 1 to 65535");
    refuse("direction=both latency_us=1 probed_port=http", "\"http\" is not a port");
    refuse("direction=both latency_us=1 probed_port=1,2,3,4,5,6,7,8,9", "more than 8 ports");
    refuse("direction=both latency_us=1 prober=10.0.0.0/8", "neither an address nor gateway");
    refuse("direction=both latency_us=1 prober=1.1.1.1,", "an item is empty");
    refuse("direction=both latency_us=1 prober=::1,::2,::3,::4,::5,::6,::7,::8,::9", "more than 8 addresses");
}

static void two_keys_are_enough(void)
{
    CHECK(!parse("direction=to latency_us=60000000"));
    CHECK(options.packets.egress && !options.packets.ingress);
    CHECK_EQUAL(options.packets.filter.peers, 0);
    CHECK_EQUAL(options.packets.filter.peer_port_hi, 0);
    CHECK_EQUAL(options.jitter.spread_ns, 0);
    CHECK_EQUAL(options.probers.ports, 0);
}

static void says_what_is_wrong(void)
{
    refuse("latency_us=1", "direction=... is required");
    refuse("direction=up latency_us=1", "direction=up: expected to, from or both");
    refuse("direction=both", "latency_us=... is required");
    refuse("direction=both latency_us=0", "from 1 to 60000000");
    refuse("direction=both latency_us=60000001", "from 1 to 60000000");
    refuse("direction=both latency_us=1000 jitter_us=1001", "jitter_us=1001: expected a whole number from 0 to 1000");
    refuse("direction=both latency_us=1 correlation=101", "percentage from 0 to 100");
    refuse("direction=both latency_us=1 target=a.b", "\"a.b\" is not an address");
    refuse("direction=both latency_us=1 target=", "an item is empty");
    refuse("direction=both latency_us=1 target=::1,,::2", "an item is empty");
    refuse("direction=both latency_us=1 port=0", "port from 1 to 65535");
    refuse("direction=both latency_us=1 local_port=5-4", "local_port=5-4");
    refuse("direction=both latency_us=1 protocol=icmp", "expected tcp or udp");
    refuse("direction=both latency_us=1 latency_ms=1", "unknown key latency_ms");
}

/* 10 Gbit/s for that long, from 16 to 256 MiB. */
static void the_queue_is_as_long_as_the_latency_asks_for(void)
{
    CHECK(!parse("direction=to latency_us=1000") && options.queue == 16 << 20);
    CHECK(!parse("direction=to latency_us=90000 jitter_us=10000") && options.queue == 125000000);
    CHECK(!parse("direction=to latency_us=60000000") && options.queue == 256 << 20);
    CHECK(!parse("direction=to latency_us=1000 queue=65536") && options.queue == 65536);
    refuse("direction=to latency_us=1000 queue=65535", "queue=65535: expected a whole number from 65536 to 4294967296");
}

static void spares_an_address_at_a_port(void)
{
    CHECK(!parse("direction=to latency_us=1 spared=198.18.0.254 spared_port=4318"));
    CHECK_EQUAL(options.packets.filter.spared_port_lo, 4318);
    refuse("direction=to latency_us=1 spared=198.18.0.254", "spared and spared_port come together");
    refuse("direction=to latency_us=1 spared_port=4318", "spared and spared_port come together");
    refuse("direction=to latency_us=1 spared=here spared_port=1", "spared: \"here\" is not an address or CIDR");
}

static void sixteen_peers_are_the_limit(void)
{
    char keys[1024] = "direction=to latency_us=1 target=10.0.0.1";
    for (int i = 1; i < FILTER_MAX_PEERS; i++)
        sprintf(keys + strlen(keys), ",10.0.0.%d", i);
    CHECK(!parse(keys));
    CHECK_EQUAL(options.packets.filter.peers, FILTER_MAX_PEERS);
    strcat(keys, ",::1");
    refuse(keys, "more than 16 CIDRs");
}

int main(void)
{
    RUN(reads_every_key);
    RUN(reads_who_probes_what);
    RUN(two_keys_are_enough);
    RUN(says_what_is_wrong);
    RUN(the_queue_is_as_long_as_the_latency_asks_for);
    RUN(spares_an_address_at_a_port);
    RUN(sixteen_peers_are_the_limit);
    return check_summary();
}
