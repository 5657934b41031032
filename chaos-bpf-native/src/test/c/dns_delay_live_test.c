// SPDX-License-Identifier: Apache-2.0
/* Queries that are held, as dig sees it in a pod: how late each answer is, and what else such a query meets. */
#include <pthread.h>
#include <signal.h>

#include "dns_live.h"

/* As dig measures it, milliseconds; -1 where there was no answer. */
static long query_ms(const char *arguments)
{
    const char *time = strstr(dig(&network, arguments), "Query time: ");
    return time ? strtol(time + strlen("Query time: "), NULL, 10) : -1;
}

/* dig reads a coarse clock, and so may find a few milliseconds less. */
static void check_late(const char *arguments, long expected)
{
    long took = query_ms(arguments);
    printf("    %ld ms of %ld\n", took, expected);
    CHECK(took >= expected - 5);
}

/* One of three, as a machine may stand still for as long: none of them would be, were they held. */
static void check_within(const char *arguments, long most)
{
    long took = -1;
    for (int i = 0; i < 3 && (took < 0 || took >= most - 5); i++) {
        took = query_ms(arguments);
        printf("    %ld ms, without %ld\n", took, most);
    }
    CHECK(took >= 0 && took < most - 5);
}

static void answers_come_later(void)
{
    attach_and_on("f", "action=delay patterns=shop.test latency_us=600000");
    check_late("@" PEER4 " sHop.test", 600);
    check_late("+noedns @" PEER6 " shop.test AAAA", 600);
    CHECK_TEXT(dig(&network, "+short @" PEER4 " shop.test"), REAL_A "\n");
    check_within("@" PEER4 " other.test", 600);
    const char *stats = agent_ask(&agent, "stats id=f");
    CHECK_EQUAL(reply_value(stats, "hit"), 3);
    CHECK_EQUAL(reply_value(stats, "sent"), 3);
    CHECK_EQUAL(reply_value(stats, "held"), 0);
    CHECK_EQUAL(reply_value(stats, "answered"), 0);
    CHECK_EQUAL(reply_value(stats, "full"), 0);
    CHECK_CONTAINS(stats, " delay_hist=");
    detach("f");
    check_within("@" PEER4 " shop.test", 600);
}

static void over_tcp_as_well(void)
{
    attach_and_on("f", "action=delay patterns=shop.test latency_us=100000");
    check_late("+tcp @" PEER4 " shop.test", 100);
    check_late("+tcp @" PEER6 " shop.test AAAA", 100);
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=f"), "hit_tcp"), 2);
    detach("f");
}

/* Each once: what acts at once is attached before it, and so comes after it; another delay comes last in any case. */
static void what_was_held_meets_other_faults(void)
{
    const char *seen = "attach id=l kind=networkloss pid=%d dev=eth0 direction=to probability_ppm=1 port=53";
    const char *held = "attach id=d kind=networkdelay pid=%d dev=eth0 direction=to latency_us=100000 port=53";
    CHECK_CONTAINS(agent_ask(&agent, seen, network.pod), "ok");
    attach_and_on("f", "action=delay patterns=shop.test latency_us=200000");
    CHECK_CONTAINS(agent_ask(&agent, held, network.pod), "ok");
    attach_and_on("g", "action=delay patterns=late.test latency_us=50000");
    attach_and_on("h", "action=nxdomain patterns=none.test");
    CHECK_CONTAINS(agent_ask(&agent, "on id=d"), "ok");
    CHECK_CONTAINS(agent_ask(&agent, "on id=l"), "ok");
    check_late("@" PEER4 " shop.test", 300);
    check_late("@" PEER4 " late.test", 150);
    check_late("@" PEER4 " other.test", 100);
    CHECK_CONTAINS(dig(&network, "@" PEER4 " none.test"), "status: NXDOMAIN");
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=d"), "hit"), 3);
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=l"), "matched"), 3);
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=f"), "hit"), 1);
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=g"), "hit"), 1);
    detach("f");
    detach("g");
    detach("h");
    CHECK_CONTAINS(agent_ask(&agent, "detach id=d"), "ok");
    CHECK_CONTAINS(agent_ask(&agent, "detach id=l"), "ok");
}

static void *ask_in_pod(void *took)
{
    *(long *)took = query_ms("@" PEER4 " shop.test");
    return NULL;
}

static void await_held(void)
{
    for (int i = 0; i < 2000 && reply_value(agent_ask(&agent, "stats id=f"), "held") != 1; i++)
        sleep_ms(5);
}

static void what_is_held_goes_out_at_the_end(void)
{
    pthread_t asking;
    long took;
    attach_and_on("f", "action=delay patterns=shop.test latency_us=10000000");
    pthread_create(&asking, NULL, ask_in_pod, &took);
    await_held();
    CHECK_CONTAINS(agent_ask(&agent, "off id=f"), "ok drained=1 ");
    pthread_join(asking, NULL);
    CHECK(took >= 0 && took < 5000);
    CHECK_CONTAINS(agent_ask(&agent, "detach id=f"), "ok");
}

static void is_gone_with_its_agent(void)
{
    attach_and_on("f", "action=delay patterns=shop.test latency_us=1500000");
    kill(agent.pid, SIGKILL);
    CHECK_EQUAL(agent_wait(&agent), -SIGKILL);
    check_within("@" PEER4 " shop.test", 1500);
    agent = agent_start(NULL);
}

static void holds_nothing_on_the_loopback_device(void)
{
    CHECK_CONTAINS(
        agent_ask(&agent, "attach id=f kind=dnschaos pid=%d dev=lo action=delay patterns=a latency_us=1", network.pod),
        "error code=");
}

int main(void)
{
    set_up();
    CHECK(query_ms("@" PEER6 " shop.test") >= 0); /* so that neighbours are found before anything is timed */
    RUN(answers_come_later);
    RUN(over_tcp_as_well);
    RUN(what_was_held_meets_other_faults);
    RUN(what_is_held_goes_out_at_the_end);
    RUN(is_gone_with_its_agent);
    RUN(holds_nothing_on_the_loopback_device);
    CHECK_EQUAL(agent_end(&agent), 0);
    network_destroy(&network);
    network_destroy(&other);
    return check_summary();
}
