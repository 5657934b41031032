// SPDX-License-Identifier: Apache-2.0
/* kind=connectionreset mechanism=packet, on real connections: what both ends read, which are met, and which are not. */
#include <signal.h>
#include <sys/wait.h>

#include "clock.h"
#include "pair.h"
#include "share.h"

#define MANY 400

static void is_reset_by(struct pair pair, int sender)
{
    CHECK(send_byte(sender));
    CHECK_EQUAL(outcome_of(pair.pod), ECONNRESET);
    CHECK_EQUAL(outcome_of(pair.peer), ECONNRESET);
    close_pair(pair);
}

static void by_the_next_packet_of_the_pod(void)
{
    struct pair v4 = open_pair(0), v6 = open_pair(3);
    CHECK(works(v4) && works(v6));
    reset_on("mechanism=packet direction=to");
    is_reset_by(v4, v4.pod);
    is_reset_by(v6, v6.pod);
    CHECK_EQUAL(reset_count("hit"), 2);
    CHECK_EQUAL(reset_count("drawn"), 2);
    reset_off();
}

static void by_the_next_packet_of_its_peer(void)
{
    struct pair v4 = open_pair(0), v6 = open_pair(3);
    CHECK(works(v4) && works(v6));
    reset_on("mechanism=packet direction=from");
    is_reset_by(v4, v4.peer);
    is_reset_by(v6, v6.peer);
    CHECK_EQUAL(reset_count("hit"), 2);
    reset_off();
}

/* As where the kernel has no tcx. */
static void by_filters_of_clsact(void)
{
    struct pair pod = open_pair(0), peer = open_pair(3);
    CHECK(works(pod) && works(peer));
    reset_on("mechanism=packet direction=both hook=clsact");
    is_reset_by(pod, pod.pod);
    is_reset_by(peer, peer.peer);
    CHECK_EQUAL(reset_count("hit"), 2);
    reset_off();
}

/* While it is on, connections can be made, but not used. */
static void one_that_is_made_meanwhile(void)
{
    reset_on("mechanism=packet direction=both");
    struct pair pair = open_pair(0);
    CHECK(pair.peer >= 0);
    is_reset_by(pair, pair.pod);
    reset_off();
    pair = open_pair(0);
    CHECK(works(pair));
    close_pair(pair);
}

static void what_is_not_meant_is_spared(void)
{
    struct pair pair = open_pair(0), port = open_pair(1), peer = open_pair(2), v6 = open_pair(3);
    reset_on("mechanism=packet direction=both target=" PEER4 " port=7001");
    CHECK(works(port) && works(peer) && works(v6));
    CHECK_EQUAL(reset_count("matched"), 0);
    is_reset_by(pair, pair.peer);
    CHECK(works(port) && works(peer) && works(v6));
    reset_off();
    close_pair(port);
    close_pair(peer);
    close_pair(v6);
}

/* In mid-stream there are super-packets, and acknowledgements on their way. */
static void in_mid_stream(void)
{
    static char text[1 << 20];
    struct pair pair = open_pair(0);
    pid_t reader = fork();
    if (!reader) {
        ssize_t n;
        while ((n = recv(pair.peer, text, sizeof text, 0)) > 0)
            ;
        _exit(n < 0 && errno == ECONNRESET ? 0 : 1);
    }
    CHECK(send(pair.pod, text, sizeof text, MSG_NOSIGNAL) == sizeof text);
    reset_on("mechanism=packet direction=to");
    uint64_t patience = clock_now_ns() + 2000000000;
    ssize_t n;
    while ((n = send(pair.pod, text, sizeof text, MSG_NOSIGNAL)) > 0 && clock_now_ns() < patience)
        ;
    CHECK(n < 0 && errno == ECONNRESET);
    int status = -1;
    waitpid(reader, &status, 0);
    CHECK_EQUAL(status, 0);
    CHECK_EQUAL(reset_count("hit"), 1);
    reset_off();
    close_pair(pair);
}

/* Drawn once each: what has survived its first packet survives all. */
static void a_share_of_the_connections(void)
{
    int reset = 0;
    reset_on("mechanism=packet direction=both probability_ppm=250000 seed=7");
    for (int i = 0; i < MANY; i++) {
        struct pair pair = open_pair(i % 2 ? 0 : 3);
        bool survived = works(pair);
        CHECK(!survived || (works(pair) && works(pair)));
        reset += !survived;
        close_pair(pair);
    }
    CHECK(within_99(reset, MANY, 0.25, 1));
    CHECK_EQUAL(reset_count("drawn"), MANY);
    CHECK_EQUAL(reset_count("hit"), reset);
    reset_off();
}

static void the_first_ones_only(void)
{
    struct pair first = open_pair(0), second = open_pair(0);
    reset_on("mechanism=packet direction=both count=1");
    is_reset_by(first, first.pod);
    CHECK(works(second) && works(second));
    CHECK_EQUAL(reset_count("hit"), 1);
    CHECK_EQUAL(reset_count("drawn"), 2);
    reset_off();
    close_pair(second);
}

/* What a delay holds may come after the reset, which is not held. */
static void a_delay_does_not_hold_it(void)
{
    struct pair pair = open_pair(0);
    CHECK(works(pair));
    CHECK_CONTAINS(agent_ask(&agent,
                             "attach id=slow kind=networkdelay pid=%d dev=eth0 direction=both latency_us=600000",
                             network.pod),
                   "ok ");
    CHECK_CONTAINS(agent_ask(&agent, "on id=slow"), "ok ");
    reset_on("mechanism=packet direction=to");
    uint64_t start = clock_now_ns();
    is_reset_by(pair, pair.pod);
    CHECK(clock_now_ns() - start < 600000000);
    reset_off();
    CHECK_CONTAINS(agent_ask(&agent, "detach id=slow"), "ok ");
}

static void other_protocols_are_refused(void)
{
    CHECK_CONTAINS(agent_ask(&agent, "attach id=reset kind=connectionreset pid=%d dev=eth0 direction=to protocol=udp",
                             network.pod),
                   "needs%20protocol%3Dtcp");
    CHECK_CONTAINS(attach_reset("direction=to probability_ppm=0"), "probability_ppm");
    CHECK_CONTAINS(attach_reset("direction=to mechanism=other"), "packet%20socket");
    CHECK_TEXT(agent_ask(&agent, "list"), "ok ids=");
}

static void is_gone_with_a_killed_agent(void)
{
    reset_on("mechanism=packet direction=both");
    struct pair pair = open_pair(0);
    is_reset_by(pair, pair.pod);
    kill(agent.pid, SIGKILL);
    CHECK_EQUAL(agent_wait(&agent), -SIGKILL);
    outlast_lease();
    pair = open_pair(0);
    CHECK(works(pair));
    close_pair(pair);
}

int main(void)
{
    network = network_create();
    agent = agent_start(NULL);
    open_listeners();
    RUN(by_the_next_packet_of_the_pod);
    RUN(by_the_next_packet_of_its_peer);
    RUN(by_filters_of_clsact);
    RUN(one_that_is_made_meanwhile);
    RUN(what_is_not_meant_is_spared);
    RUN(in_mid_stream);
    RUN(a_share_of_the_connections);
    RUN(the_first_ones_only);
    RUN(a_delay_does_not_hold_it);
    RUN(other_protocols_are_refused);
    RUN(is_gone_with_a_killed_agent);
    network_destroy(&network);
    return check_summary();
}
