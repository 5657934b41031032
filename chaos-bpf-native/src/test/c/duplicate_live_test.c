// SPDX-License-Identifier: Apache-2.0
/* Duplicates on a real veth: as many as asked, no copy of a copy, and every other fault meets them. */
#include <signal.h>

#include "check.h"
#include "share.h"
#include "stream.h"

#define PORT 7310
#define OTHER_PORT 7311
#define ECHO_PORT 7312

static struct network network;
static struct agent agent;

static void attach(const char *id, const char *kind, const char *keys)
{
    CHECK_CONTAINS(agent_ask(&agent, "attach id=%s kind=%s pid=%d dev=eth0 seed=5 %s", id, kind, network.pod, keys),
                   "ok ");
    CHECK_CONTAINS(agent_ask(&agent, "on id=%s", id), "ok ");
}

static void detach(const char *id)
{
    CHECK_CONTAINS(agent_ask(&agent, "detach id=%s", id), "ok ");
}

/* How many of the packets came so often; all came as they were sent. */
static long came(uint32_t times)
{
    long n = 0;
    for (int i = 0; i < STREAM_PACKETS; i++)
        n += stream.came[i] == times;
    CHECK_EQUAL(stream.wrong + stream.strange, 0);
    return n;
}

static void duplicates_the_share_and_spares_others(void)
{
    attach("d", "networkduplicate", "direction=to port=7310 probability_ppm=200000");
    stream_between(&network, PORT);
    long twice = came(2);
    CHECK(within_99(twice, STREAM_PACKETS, 0.2, 1));
    CHECK_EQUAL(came(1), STREAM_PACKETS - twice);
    const char *stats = agent_ask(&agent, "stats id=d");
    CHECK_EQUAL(reply_value(stats, "hit"), twice);
    CHECK_EQUAL(reply_value(stats, "matched"), STREAM_PACKETS);
    CHECK_EQUAL(reply_value(stats, "drawn"), STREAM_PACKETS);
    stream_between(&network, OTHER_PORT);
    CHECK_EQUAL(came(1), STREAM_PACKETS);
    CHECK_CONTAINS(agent_ask(&agent, "off id=d"), "ok ");
    stream_between(&network, PORT);
    CHECK_EQUAL(came(1), STREAM_PACKETS);
    detach("d");
}

static void no_copy_is_copied(void)
{
    attach("d", "networkduplicate", "direction=to port=7310");
    stream_between(&network, PORT);
    CHECK_EQUAL(came(2), STREAM_PACKETS);
    detach("d");
}

/* Another fault of the kind does not take the copy for its own. */
static void two_of_them_leave_each_others_copies_alone(void)
{
    attach("d", "networkduplicate", "direction=to port=7310");
    attach("e", "networkduplicate", "direction=to port=7311");
    stream_between(&network, PORT);
    CHECK_EQUAL(came(2), STREAM_PACKETS);
    stream_between(&network, OTHER_PORT);
    CHECK_EQUAL(came(2), STREAM_PACKETS);
    detach("d");
    detach("e");
}

static void duplicates_what_is_received(void)
{
    struct network inside_out = {.pod = network.peer, .peer = network.pod};
    int to = listen_at(&inside_out, SOCK_DGRAM, POD4, PORT), from = connect_to(&inside_out, SOCK_DGRAM, POD4, PORT);
    attach("i", "networkduplicate", "direction=from local_port=7310 probability_ppm=200000");
    stream_send(from, to);
    CHECK(within_99(came(2), STREAM_PACKETS, 0.2, 1));
    CHECK_EQUAL(came(2) + came(1), STREAM_PACKETS);
    detach("i");
    close(from);
    close(to);
}

/* Half of the packets and, drawn by themselves, half of their copies are lost; whichever fault is attached first. */
static void a_loss_meets_both(bool loss_first)
{
    const char *loss = "direction=to port=7310 probability_ppm=500000";
    if (loss_first)
        attach("l", "networkloss", loss);
    attach("d", "networkduplicate", "direction=to port=7310");
    if (!loss_first)
        attach("l", "networkloss", loss);
    stream_between(&network, PORT);
    long survived = came(1) + 2 * came(2);
    const char *stats = agent_ask(&agent, "stats id=l");
    CHECK_EQUAL(reply_value(stats, "hit") + survived, reply_value(stats, "drawn"));
    CHECK(came(0) > 0 && came(1) > 0 && came(2) > 0);
    detach("d");
    detach("l");
}

static void a_loss_meets_packet_and_copy(void)
{
    a_loss_meets_both(true);
    a_loss_meets_both(false);
}

static void a_delay_holds_both(void)
{
    echo_on(listen_at(&network, SOCK_DGRAM, PEER4, ECHO_PORT), SOCK_DGRAM);
    attach("w", "networkdelay", "direction=to latency_us=100000");
    attach("d", "networkduplicate", "direction=to port=7312");
    int fd = connect_to(&network, SOCK_DGRAM, PEER4, ECHO_PORT);
    CHECK(round_trip_us(fd) >= 100000);
    struct pollfd readable = {.fd = fd, .events = POLLIN};
    char text[64];
    CHECK(poll(&readable, 1, 200) == 1 && recv(fd, text, sizeof text, 0) == 64);
    CHECK_EQUAL(poll(&readable, 1, 50), 0);
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=w"), "hit"), 2);
    close(fd);
    detach("w");
    detach("d");
}

/* A stream of TCP stays what it is. */
static void tcp_bears_it(void)
{
    echo_at(&network, SOCK_STREAM, PORT + 10);
    attach("d", "networkduplicate", "direction=both");
    int fd = connect_to(&network, SOCK_STREAM, PEER4, PORT + 10);
    for (int i = 0; i < 50; i++)
        CHECK(round_trip_us(fd) >= 0);
    CHECK(reply_value(agent_ask(&agent, "stats id=d"), "hit") >= 100);
    close(fd);
    detach("d");
}

/* Last: it takes the agent along. */
static void sigkill_ends_it(void)
{
    attach("d", "networkduplicate", "direction=both");
    stream_between(&network, PORT);
    CHECK_EQUAL(came(2), STREAM_PACKETS);
    kill(agent.pid, SIGKILL);
    CHECK_EQUAL(agent_wait(&agent), -SIGKILL);
    outlast_lease();
    stream_between(&network, PORT);
    CHECK_EQUAL(came(1), STREAM_PACKETS);
}

int main(void)
{
    network = network_create();
    agent = agent_start(NULL);
    RUN(duplicates_the_share_and_spares_others);
    RUN(no_copy_is_copied);
    RUN(two_of_them_leave_each_others_copies_alone);
    RUN(duplicates_what_is_received);
    RUN(a_loss_meets_packet_and_copy);
    RUN(a_delay_holds_both);
    RUN(tcp_bears_it);
    RUN(sigkill_ends_it);
    network_destroy(&network);
    return check_summary();
}
