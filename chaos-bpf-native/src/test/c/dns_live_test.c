// SPDX-License-Identifier: Apache-2.0
/* The DNS fault as dig sees it in a pod: which answers change, which do not, and that all are real again afterwards. */
#include <signal.h>

#include "dns_live.h"

static void is_real_everywhere(void)
{
    CHECK_TEXT(dig(&network, "+short @" PEER4 " shop.test"), REAL_A "\n");
    CHECK_TEXT(dig(&network, "+short @" PEER6 " shop.test AAAA"), REAL_AAAA "\n");
    CHECK_TEXT(dig(&other, "+short @" PEER4 " shop.test"), REAL_A "\n");
}

static void attaching_alone_changes_nothing(void)
{
    CHECK_CONTAINS(
        agent_ask(&agent, "attach id=f kind=dnschaos pid=%d dev=eth0 action=drop patterns=shop.test", network.pod),
        "ok");
    is_real_everywhere();
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=f"), "seen"), 0);
    CHECK_CONTAINS(agent_ask(&agent, "detach id=f"), "ok");
}

static void dig_sees_within(const char *seconds, const char *action, const char *status)
{
    char what[128], one[128], six[128];
    snprintf(what, sizeof what, "action=%s patterns=shop.test", action);
    snprintf(one, sizeof one, "+time=%s @" PEER4 " sHop.tEst", seconds);
    snprintf(six, sizeof six, "+time=%s @" PEER6 " shop.test AAAA +noedns", seconds);
    attach_and_on("f", what);
    CHECK_CONTAINS(dig(&network, one), status);
    CHECK_CONTAINS(dig(&network, six), status);
    CHECK_TEXT(dig(&network, "+short @" PEER4 " other.test"), REAL_A "\n");
    CHECK_TEXT(dig(&other, "+short @" PEER4 " shop.test"), REAL_A "\n");
    const char *stats = agent_ask(&agent, "stats id=f");
    CHECK_EQUAL(reply_value(stats, "seen"), 3);
    CHECK_EQUAL(reply_value(stats, "matched"), 2);
    CHECK_EQUAL(reply_value(stats, "hit"), 2);
    CHECK(reply_value(stats, "t_first_hit_ns") > reply_value(stats, "t_on_ns"));
    CHECK_CONTAINS(stats, "shop.test/A:1");
    CHECK_CONTAINS(stats, "other.test/A:1");
    CHECK_CONTAINS(agent_ask(&agent, "off id=f"), "ok");
    is_real_everywhere();
    stats = agent_ask(&agent, "stats id=f");
    CHECK_CONTAINS(stats, "mode=pass");
    CHECK_EQUAL(reply_value(stats, "hit"), 2);
    CHECK(reply_value(stats, "t_first_clean_ns") > reply_value(stats, "t_off_ns"));
    detach("f");
}

static void dig_sees(const char *action, const char *status)
{
    dig_sees_within("5", action, status);
}

static void response_codes(void)
{
    dig_sees("nxdomain", "status: NXDOMAIN");
    dig_sees("servfail", "status: SERVFAIL");
    dig_sees("refused", "status: REFUSED");
}

static void no_data(void)
{
    dig_sees("nodata", "ANSWER: 0");
    dig_sees("nodata", "status: NOERROR");
}

static void patterns_of_each_form(void)
{
    attach_and_on("f", "action=nxdomain patterns=chaos-mesh.*,github.?om,*.pool.test");
    CHECK_CONTAINS(dig(&network, "@" PEER4 " Chaos-Mesh.org"), "status: NXDOMAIN");
    CHECK_CONTAINS(dig(&network, "@" PEER6 " github.com AAAA"), "status: NXDOMAIN");
    CHECK_CONTAINS(dig(&network, "@" PEER4 " a.pool.test"), "status: NXDOMAIN");
    CHECK_TEXT(dig(&network, "+short @" PEER4 " www.chaos-mesh.org"), REAL_A "\n");
    CHECK_TEXT(dig(&network, "+short @" PEER4 " github.comm"), REAL_A "\n");
    detach("f");
}

/* 60 of 200 within the binomial 99.99 % interval. */
static void a_share_of_the_queries(void)
{
    char names[200 * 11 + 64] = "+noall +comments @" PEER4;
    for (int i = 0; i < 200; i++)
        strcat(names, " shop.test");
    attach_and_on("f", "action=refused patterns=shop.test probability_ppm=300000 seed=7");
    dig(&network, names);
    const char *stats = agent_ask(&agent, "stats id=f");
    CHECK_EQUAL(reply_value(stats, "matched"), 200);
    CHECK_EQUAL(reply_value(stats, "drawn"), 200);
    CHECK(reply_value(stats, "hit") > 35 && reply_value(stats, "hit") < 85);
    detach("f");
}

static void drops(void)
{
    dig_sees_within("1", "drop", "timed out");
}

static void spoofed_addresses(void)
{
    attach_and_on("f", "action=spoof patterns=*.pool.test ip=192.0.2.7,2001:db8::7 ttl=5");
    CHECK_TEXT(dig(&network, "+short @" PEER4 " a.pool.test"), "192.0.2.7\n");
    CHECK_TEXT(dig(&network, "+short @" PEER6 " a.b.pool.test AAAA"), "2001:db8::7\n");
    CHECK_CONTAINS(dig(&network, "@" PEER6 " a.pool.test"), "a.pool.test.\t\t5\tIN\tA\t192.0.2.7");
    CHECK_CONTAINS(dig(&network, "@" PEER4 " a.pool.test TXT"), "status: NOERROR");
    CHECK_TEXT(dig(&network, "+short @" PEER4 " pool.test"), REAL_A "\n");
    detach("f");
    CHECK_TEXT(dig(&network, "+short @" PEER4 " a.pool.test"), REAL_A "\n");
}

static void faults_on_one_device_coexist(void)
{
    attach_and_on("one", "action=nxdomain patterns=one.test");
    attach_and_on("two", "action=random patterns=two.test seed=3");
    attach_and_on("six", "action=refused patterns=six.test types=AAAA");
    CHECK_CONTAINS(dig(&network, "@" PEER4 " one.test"), "status: NXDOMAIN");
    CHECK_CONTAINS(dig(&network, "+short @" PEER4 " two.test"), "198.19.");
    CHECK_CONTAINS(dig(&network, "@" PEER6 " six.test AAAA"), "status: REFUSED");
    CHECK_TEXT(dig(&network, "+short @" PEER6 " six.test"), REAL_A "\n");
    detach("one");
    CHECK_TEXT(dig(&network, "+short @" PEER4 " one.test"), REAL_A "\n");
    CHECK_CONTAINS(dig(&network, "+short @" PEER4 " two.test"), "198.19.");
    detach("two");
    detach("six");
    is_real_everywhere();
}

/* Whatever the order of attaching: a query that is answered here never reaches the delay line. */
static void runs_before_a_delay_on_the_same_device(void)
{
    attach_and_on("f", "action=nxdomain patterns=shop.test");
    CHECK_CONTAINS(agent_ask(&agent,
                             "attach id=d kind=networkdelay pid=%d dev=eth0 direction=to latency_us=1000 port=53",
                             network.pod),
                   "ok");
    attach_and_on("g", "action=refused patterns=six.test");
    CHECK_CONTAINS(agent_ask(&agent, "on id=d"), "ok t_on_ns=");
    CHECK_CONTAINS(dig(&network, "@" PEER4 " shop.test"), "status: NXDOMAIN");
    CHECK_CONTAINS(dig(&network, "@" PEER4 " six.test"), "status: REFUSED");
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=d"), "hit"), 0);
    CHECK_TEXT(dig(&network, "+short @" PEER4 " other.test"), REAL_A "\n");
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=d"), "hit"), 1);
    detach("g");
    detach("f");
    CHECK_CONTAINS(agent_ask(&agent, "detach id=d"), "ok");
}

static void is_gone_with_its_agent(void)
{
    attach_and_on("f", "action=nxdomain patterns=shop.test");
    CHECK_CONTAINS(dig(&network, "@" PEER4 " shop.test"), "status: NXDOMAIN");
    CHECK_EQUAL(agent_end(&agent), 0);
    is_real_everywhere();

    agent = agent_start(NULL);
    attach_and_on("f", "action=nxdomain patterns=shop.test");
    CHECK_CONTAINS(dig(&network, "@" PEER4 " shop.test"), "status: NXDOMAIN");
    kill(agent.pid, SIGKILL);
    CHECK_EQUAL(agent_wait(&agent), -SIGKILL);
    outlast_lease();
    is_real_everywhere();
}

/* A stopped agent cannot renew the lease, and its program lets everything pass until it can. */
static void passes_while_its_agent_is_stopped(void)
{
    agent = agent_start(NULL);
    attach_and_on("f", "action=nxdomain patterns=shop.test");
    kill(agent.pid, SIGSTOP);
    outlast_lease();
    is_real_everywhere();
    kill(agent.pid, SIGCONT);
    sleep_ms(200);
    CHECK_CONTAINS(dig(&network, "@" PEER4 " shop.test"), "status: NXDOMAIN");
    CHECK(reply_value(agent_ask(&agent, "stats id=f"), "expired") > 0);
}

static void a_vanished_pod_is_no_error(void)
{
    attach_and_on("g", "action=nxdomain patterns=shop.test");
    network_destroy(&network);
    CHECK_CONTAINS(agent_ask(&agent, "off id=g"), "ok");
    detach("g");
    CHECK_CONTAINS(agent_ask(&agent, "attach id=h kind=dnschaos pid=%d dev=eth0 action=drop patterns=a", network.pod),
                   "error code=no_target");
    CHECK_CONTAINS(agent_ask(&agent, "attach id=h kind=dnschaos pid=%d dev=eth9 action=drop patterns=a", other.pod),
                   "error code=no_target");
    CHECK_EQUAL(agent_end(&agent), 0);
}

int main(void)
{
    set_up();
    RUN(attaching_alone_changes_nothing);
    RUN(response_codes);
    RUN(no_data);
    RUN(patterns_of_each_form);
    RUN(a_share_of_the_queries);
    RUN(drops);
    RUN(spoofed_addresses);
    RUN(faults_on_one_device_coexist);
    RUN(runs_before_a_delay_on_the_same_device);
    RUN(is_gone_with_its_agent);
    RUN(passes_while_its_agent_is_stopped);
    RUN(a_vanished_pod_is_no_error);
    network_destroy(&other);
    return check_summary();
}
