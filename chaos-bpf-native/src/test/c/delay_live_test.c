// SPDX-License-Identifier: Apache-2.0
/* The delay on a real veth: whom it hits, whom it spares. Only lower bounds of time are asserted, and generous upper
 * ones. */
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"
#include "live.h"

#define LATENCY_MS 200
#define DELAYED(us) ((us) >= LATENCY_MS * 1000)
#define CLEAN(us) ((us) >= 0 && (us) < LATENCY_MS * 1000 / 2)
#define PORT 7000
#define OTHER_PORT 7001

static struct network network;
static struct agent agent;

static const char *attach(const char *direction, const char *filter)
{
    return agent_ask(&agent, "attach id=d kind=networkdelay pid=%d dev=eth0 direction=%s latency_us=%d %s", network.pod,
                     direction, LATENCY_MS * 1000, filter);
}

static long once(int type, const char *address, uint16_t port)
{
    int fd = connect_to(&network, type, address, port);
    long us = round_trip_us(fd);
    close(fd);
    return us;
}

static void delays(const char *direction, int times)
{
    int tcp = connect_to(&network, SOCK_STREAM, PEER4, PORT);
    CHECK_CONTAINS(attach(direction, ""), "ok ");
    CHECK(CLEAN(once(SOCK_DGRAM, PEER4, PORT)));
    CHECK_CONTAINS(agent_ask(&agent, "on id=d"), "ok t_on_ns=");
    long us[] = {once(SOCK_DGRAM, PEER4, PORT), once(SOCK_DGRAM, PEER6, PORT), round_trip_us(tcp)};
    for (int i = 0; i < 3; i++)
        CHECK(us[i] >= times * LATENCY_MS * 1000);
    CHECK_CONTAINS(agent_ask(&agent, "off id=d"), "ok drained=");
    CHECK(CLEAN(once(SOCK_DGRAM, PEER4, PORT)));
    CHECK(CLEAN(once(SOCK_DGRAM, PEER6, PORT)));
    CHECK(CLEAN(round_trip_us(tcp)));
    close(tcp);

    const char *stats = agent_ask(&agent, "stats id=d");
    long long hit = reply_value(stats, "hit");
    CHECK(hit >= 3 * times);
    CHECK_EQUAL(reply_value(stats, "sent"), hit);
    CHECK_EQUAL(reply_value(stats, "held"), 0);
    CHECK_EQUAL(reply_value(stats, "send_errors"), 0);
    CHECK(reply_value(stats, "t_first_hit_ns") > reply_value(stats, "t_on_ns"));
    CHECK(reply_value(stats, "t_first_clean_ns") > reply_value(stats, "t_off_ns"));
    CHECK_CONTAINS(stats, "198.18.40.2:7000/udp:");
    CHECK_CONTAINS(stats, "[fd40::2]:7000/udp:");
    CHECK_CONTAINS(agent_ask(&agent, "detach id=d"), "ok ");
}

static void delays_egress(void)
{
    delays("to", 1);
}

static void delays_ingress(void)
{
    delays("from", 1);
}

static void delays_both_ways(void)
{
    delays("both", 2);
}

static void spares(const char *filter, int type, const char *hit, uint16_t hit_port, const char *spared,
                   uint16_t spared_port)
{
    CHECK_CONTAINS(attach("to", filter), "ok ");
    agent_ask(&agent, "on id=d");
    CHECK(DELAYED(once(type, hit, hit_port)));
    CHECK(CLEAN(once(type, spared, spared_port)));
    const char *stats = agent_ask(&agent, "stats id=d");
    CHECK(reply_value(stats, "seen") > reply_value(stats, "matched"));
    CHECK_EQUAL(reply_value(stats, "matched"), reply_value(stats, "hit"));
    agent_ask(&agent, "detach id=d");
}

static void spares_other_peers(void)
{
    spares("target=10.0.0.0/8," PEER4 "/32", SOCK_DGRAM, PEER4, PORT, OTHER4, PORT);
    spares("target=" PEER6, SOCK_DGRAM, PEER6, PORT, OTHER6, PORT);
    spares("target=fd40::/64", SOCK_DGRAM, PEER6, PORT, PEER4, PORT);
}

static void spares_other_ports_and_protocols(void)
{
    spares("port=6990-7000", SOCK_DGRAM, PEER4, PORT, PEER4, OTHER_PORT);
    spares("port=7001", SOCK_DGRAM, PEER6, OTHER_PORT, PEER6, PORT);
    int tcp = connect_to(&network, SOCK_STREAM, PEER4, PORT);
    attach("to", "protocol=udp");
    agent_ask(&agent, "on id=d");
    CHECK(CLEAN(round_trip_us(tcp)));
    CHECK(DELAYED(once(SOCK_DGRAM, PEER4, PORT)));
    agent_ask(&agent, "detach id=d");
    close(tcp);
}

static void switches_on_again_and_counts_on(void)
{
    attach("to", "");
    for (int round = 1; round <= 3; round++) {
        agent_ask(&agent, "on id=d");
        CHECK(DELAYED(once(SOCK_DGRAM, PEER4, PORT)));
        agent_ask(&agent, "off id=d");
        CHECK(CLEAN(once(SOCK_DGRAM, PEER4, PORT)));
        CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=d"), "hit"), round);
    }
    CHECK_CONTAINS(agent_ask(&agent, "off id=d"), "drained=0");
    agent_ask(&agent, "detach id=d");
}

static void holds_packets_within_latency_and_jitter(void)
{
    CHECK_CONTAINS(attach("to", "jitter_us=50000 correlation=20 seed=1"), "seed=1");
    agent_ask(&agent, "on id=d");
    for (int i = 0; i < 5; i++)
        CHECK(once(SOCK_DGRAM, PEER4, PORT) >= (LATENCY_MS - 50) * 1000);
    agent_ask(&agent, "detach id=d");
}

static void delays_two_pods_at_once(void)
{
    struct network second = network_create();
    echo_at(&second, SOCK_DGRAM, PORT);
    attach("to", "");
    CHECK_CONTAINS(
        agent_ask(&agent, "attach id=e kind=networkdelay pid=%d dev=eth0 direction=both latency_us=300000", second.pod),
        "ok ");
    CHECK_CONTAINS(agent_ask(&agent, "list"), "ids=d,e");
    agent_ask(&agent, "on id=d");
    agent_ask(&agent, "on id=e");
    int fd = connect_to(&second, SOCK_DGRAM, PEER4, PORT);
    CHECK(DELAYED(once(SOCK_DGRAM, PEER4, PORT)));
    CHECK(round_trip_us(fd) >= 600000);
    agent_ask(&agent, "detach id=d");
    CHECK(CLEAN(once(SOCK_DGRAM, PEER4, PORT)));
    CHECK(round_trip_us(fd) >= 600000);
    agent_ask(&agent, "detach id=e");
    CHECK(CLEAN(round_trip_us(fd)));
    close(fd);
    network_destroy(&second);
}

static void refuses_what_it_cannot_do(void)
{
    CHECK_CONTAINS(
        agent_ask(&agent, "attach id=x kind=networkdelay pid=%d dev=eth9 direction=both latency_us=1", network.pod),
        "code=no_target errno=0 msg=dev%3Deth9");
    CHECK_CONTAINS(
        agent_ask(&agent, "attach id=x kind=networkdelay pid=%d dev=lo direction=both latency_us=1", network.pod),
        "code=unsupported");
    CHECK_CONTAINS(agent_ask(&agent, "attach id=x kind=networkdelay pid=4194304 dev=eth0 direction=both latency_us=1"),
                   "code=no_target errno=ESRCH");
    CHECK_CONTAINS(
        agent_ask(&agent, "attach id=x kind=networkdelay pid=%d dev=eth0 direction=both latency_us=1", getpid()),
        "code=bad_request errno=0 msg=pid");
    attach("to", "");
    CHECK_CONTAINS(attach("to", ""), "code=duplicate_id");
    agent_ask(&agent, "detach id=d");
    CHECK_CONTAINS(agent_ask(&agent, "list"), "ok ids=");
}

int main(void)
{
    network = network_create();
    agent = agent_start(NULL);
    for (uint16_t port = PORT; port <= OTHER_PORT; port++)
        echo_at(&network, SOCK_DGRAM, port);
    echo_at(&network, SOCK_STREAM, PORT);
    RUN(delays_egress);
    RUN(delays_ingress);
    RUN(delays_both_ways);
    RUN(spares_other_peers);
    RUN(spares_other_ports_and_protocols);
    RUN(switches_on_again_and_counts_on);
    RUN(holds_packets_within_latency_and_jitter);
    RUN(delays_two_pods_at_once);
    RUN(refuses_what_it_cannot_do);
    agent_end(&agent);
    network_destroy(&network);
    return check_summary();
}
