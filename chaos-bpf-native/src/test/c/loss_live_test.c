// SPDX-License-Identifier: Apache-2.0
/* Loss on a real veth: as many datagrams as asked, with nobody told, and none of others. */
#include <netinet/in.h>
#include <signal.h>

#include "check.h"
#include "clock.h"
#include "share.h"
#include "stream.h"

#define PORT 7300
#define OTHER_PORT 7301
#define ECHO_PORT 7302
#define TRACED_PORT 7303
#define TRACE "4bf92f3577b34da6a3ce929d0e0e4736"
#define OTHER_TRACE "4bf92f3577b34da6a3ce929d0e0e4737"

static struct network network, inside_out;
static struct agent agent;
static bool lost[STREAM_PACKETS];

static void attach_at(uint16_t port, const char *keys)
{
    const char *reply =
        agent_ask(&agent, "attach id=l kind=networkloss pid=%d dev=eth0 seed=3 port=%d %s", network.pod, port, keys);
    CHECK_CONTAINS(reply, "ok seed=3 mechanism=");
    CHECK_CONTAINS(agent_ask(&agent, "on id=l"), "ok ");
}

static void attach(const char *keys)
{
    attach_at(PORT, keys);
}

static void detach(void)
{
    CHECK_CONTAINS(agent_ask(&agent, "off id=l"), "ok ");
    stream_between(&network, PORT);
    CHECK_EQUAL(stream_lost(lost), 0);
    CHECK_CONTAINS(agent_ask(&agent, "detach id=l"), "ok ");
}

static void loses_the_share_and_spares_others(void)
{
    attach("direction=to probability_ppm=100000");
    stream_between(&network, PORT);
    long n = stream_lost(lost);
    CHECK(within_99(n, STREAM_PACKETS, 0.1, 1));
    const char *stats = agent_ask(&agent, "stats id=l");
    CHECK_EQUAL(reply_value(stats, "hit"), n);
    CHECK_EQUAL(reply_value(stats, "matched"), STREAM_PACKETS);
    CHECK_EQUAL(reply_value(stats, "drawn"), STREAM_PACKETS);
    stream_between(&network, OTHER_PORT);
    CHECK_EQUAL(stream_lost(lost), 0);
    detach();
}

static void a_correlation_keeps_the_share(void)
{
    attach("direction=to probability_ppm=100000 correlation=75");
    stream_between(&network, PORT);
    CHECK(within_99(stream_lost(lost), STREAM_PACKETS, 0.1, 7));
    CHECK(rows_of_99(lost, STREAM_PACKETS, 1 / (0.9 * 0.25)));
    detach();
}

static void bursts_have_the_mean_length(void)
{
    attach("direction=to probability_ppm=50000 burst=10");
    stream_between(&network, PORT);
    CHECK(within_99(stream_lost(lost), STREAM_PACKETS, 0.05, 19));
    CHECK(rows_of_99(lost, STREAM_PACKETS, 10));
    detach();
}

/* What the pod receives from that port. */
static void loses_what_is_received(void)
{
    int to = listen_at(&inside_out, SOCK_DGRAM, POD4, OTHER_PORT);
    int from = connect_to(&inside_out, SOCK_DGRAM, POD4, OTHER_PORT);
    struct sockaddr_in own;
    socklen_t size = sizeof own;
    CHECK(!getsockname(from, (struct sockaddr *)&own, &size));
    CHECK_CONTAINS(agent_ask(&agent,
                             "attach id=i kind=networkloss pid=%d dev=eth0 seed=3 direction=from port=%d"
                             " probability_ppm=300000",
                             network.pod, ntohs(own.sin_port)),
                   "ok ");
    agent_ask(&agent, "on id=i");
    stream_send(from, to);
    CHECK(within_99(stream_lost(lost), STREAM_PACKETS, 0.3, 1));
    agent_ask(&agent, "detach id=i");
    stream_send(from, to);
    CHECK_EQUAL(stream_lost(lost), 0);
    close(from);
    close(to);
}

/* With IP_RECVERR a socket hears of a packet that its own machine drops. */
static void the_sender_hears_nothing(void)
{
    attach("direction=to");
    int fd = connect_to(&network, SOCK_DGRAM, PEER4, PORT), one = 1, refused = 0;
    setsockopt(fd, IPPROTO_IP, IP_RECVERR, &one, sizeof one);
    for (int i = 0; i < 100; i++)
        refused += send(fd, "x", 1, 0) != 1;
    CHECK_EQUAL(refused, 0);
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=l"), "hit"), 100);
    close(fd);
    detach();
}

static void attach_delay(void)
{
    CHECK_CONTAINS(
        agent_ask(&agent, "attach id=d kind=networkdelay pid=%d dev=eth0 direction=to latency_us=50000", network.pod),
        "ok ");
    CHECK_CONTAINS(agent_ask(&agent, "on id=d"), "ok ");
}

/* Half of 200 datagrams are lost, and the others come back late. */
static void both_act(void)
{
    int fd = connect_to(&network, SOCK_DGRAM, PEER4, ECHO_PORT), came = 0;
    struct pollfd readable = {.fd = fd, .events = POLLIN};
    uint64_t sent_ns = clock_now_ns();
    for (int i = 0; i < 200; i++)
        send(fd, "x", 1, 0);
    CHECK(poll(&readable, 1, 2000) == 1 && clock_now_ns() - sent_ns >= 50000000);
    for (char x; poll(&readable, 1, 100) == 1 && recv(fd, &x, 1, 0) == 1;)
        came++;
    CHECK(within_99(200 - came, 200, 0.5, 1));
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=d"), "hit"), came);
    close(fd);
    CHECK_CONTAINS(agent_ask(&agent, "detach id=d"), "ok ");
    CHECK_CONTAINS(agent_ask(&agent, "detach id=l"), "ok ");
}

/* What is delayed is sent again marked, so the loss must come before it, whichever is attached first. */
static void loss_and_delay_both_act(void)
{
    echo_on(listen_at(&network, SOCK_DGRAM, PEER4, ECHO_PORT), SOCK_DGRAM);
    attach_at(ECHO_PORT, "direction=to probability_ppm=500000");
    attach_delay();
    both_act();
    attach_delay();
    attach_at(ECHO_PORT, "direction=to probability_ppm=500000");
    both_act();
}

/* Whether a request of HTTP/1.1 on a connection of its own comes back by then. */
static bool answered(const char *trace, int ms)
{
    char text[128];
    int fd = connect_to(&network, SOCK_STREAM, PEER4, TRACED_PORT);
    int n = snprintf(text, sizeof text, "GET / HTTP/1.1\r\ntraceparent: 00-%s-00f067aa0ba902b7-01\r\n\r\n", trace);
    bool sent = send(fd, text, (size_t)n, MSG_NOSIGNAL) == n;
    ssize_t came = read_within(fd, text, sizeof text, ms);
    close(fd);
    CHECK(sent);
    return came == n;
}

/* By programs with the search for `traceparent` in them, which the verifier of each kernel has to take. */
static void loses_the_request_of_one_trace(void)
{
    echo_on(listen_at(&network, SOCK_STREAM, PEER4, TRACED_PORT), SOCK_STREAM);
    attach_at(TRACED_PORT, "direction=to trace=" TRACE);
    CHECK(!answered(TRACE, 500));
    CHECK(answered(OTHER_TRACE, 5000));
    const char *stats = agent_ask(&agent, "stats id=l");
    CHECK(reply_value(stats, "hit") >= 1); /* TCP sends it again */
    CHECK_EQUAL(reply_value(stats, "trace_requests"), reply_value(stats, "hit") + 1);
    detach();
    CHECK(answered(TRACE, 5000));
}

static void refuse(const char *keys, const char *code, const char *reason)
{
    const char *reply = agent_ask(&agent, "attach id=l kind=networkloss pid=%d %s", network.pod, keys);
    CHECK_CONTAINS(reply, code);
    CHECK_CONTAINS(reply, reason);
}

static void refuses_what_it_does_not_know(void)
{
    refuse("dev=eth0 direction=to probability_ppm=0", "code=bad_request", "probability_ppm%3D0:");
    refuse("dev=eth0 direction=to loss=5", "code=bad_request", "unknown%20key%20loss");
    refuse("dev=eth0 probability_ppm=5", "code=bad_request", "direction%3D...");
    refuse("direction=to", "code=bad_request", "dev%3D...");
    refuse("dev=lo direction=to", "code=unsupported", "lo");
}

/* Last: it takes the agent along. */
static void sigkill_ends_it(void)
{
    attach("direction=both");
    stream_between(&network, PORT);
    CHECK_EQUAL(stream_lost(lost), STREAM_PACKETS);
    kill(agent.pid, SIGKILL);
    CHECK_EQUAL(agent_wait(&agent), -SIGKILL);
    outlast_lease();
    stream_between(&network, PORT);
    CHECK_EQUAL(stream_lost(lost), 0);
}

int main(void)
{
    network = network_create();
    inside_out = (struct network){.pod = network.peer, .peer = network.pod};
    agent = agent_start(NULL);
    RUN(loses_the_share_and_spares_others);
    RUN(a_correlation_keeps_the_share);
    RUN(bursts_have_the_mean_length);
    RUN(loses_what_is_received);
    RUN(the_sender_hears_nothing);
    RUN(loss_and_delay_both_act);
    RUN(loses_the_request_of_one_trace);
    RUN(refuses_what_it_does_not_know);
    RUN(sigkill_ends_it);
    network_destroy(&network);
    return check_summary();
}
