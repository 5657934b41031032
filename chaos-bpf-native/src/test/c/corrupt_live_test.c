// SPDX-License-Identifier: Apache-2.0
/* Damage on a real veth: packets that a checksum catches do not come, others come with one bit flipped. */
#include <signal.h>

#include "check.h"
#include "share.h"
#include "stream.h"

#define PORT 7320
#define OTHER_PORT 7321
#define TCP_PORT 7322
#define BULK 300000

static struct network network, inside_out;
static struct agent agent;
static bool lost[STREAM_PACKETS];

static void attach(const char *keys)
{
    CHECK_CONTAINS(agent_ask(&agent, "attach id=c kind=networkcorrupt pid=%d dev=eth0 seed=9 %s", network.pod, keys),
                   "ok ");
    CHECK_CONTAINS(agent_ask(&agent, "on id=c"), "ok ");
}

static void detach(void)
{
    CHECK_CONTAINS(agent_ask(&agent, "off id=c"), "ok ");
    stream_between(&network, PORT);
    CHECK_EQUAL(stream_lost(lost) + stream.wrong + stream.strange, 0);
    CHECK_CONTAINS(agent_ask(&agent, "detach id=c"), "ok ");
}

static void detected_ones_are_gone(void)
{
    attach("direction=to port=7320 action=detected probability_ppm=100000");
    stream_between(&network, PORT);
    long n = stream_lost(lost);
    CHECK(within_99(n, STREAM_PACKETS, 0.1, 1));
    CHECK_EQUAL(stream.wrong, 0);
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=c"), "hit"), n);
    stream_between(&network, OTHER_PORT);
    CHECK_EQUAL(stream_lost(lost), 0);
    detach();
}

static void delivered_ones_come_changed(void)
{
    attach("direction=to port=7320 action=delivered probability_ppm=100000 correlation=50");
    stream_between(&network, PORT);
    const char *stats = agent_ask(&agent, "stats id=c");
    CHECK(within_99(stream.wrong, STREAM_PACKETS, 0.1, 3));
    CHECK_EQUAL(reply_value(stats, "hit"), stream.wrong);
    CHECK_EQUAL(reply_value(stats, "drawn"), STREAM_PACKETS);
    CHECK_EQUAL(reply_value(stats, "failed"), 0);
    stream_between(&network, OTHER_PORT);
    CHECK_EQUAL(stream.wrong, 0);
    detach();
}

static void delivered_ones_come_in_changed(void)
{
    int to = listen_at(&inside_out, SOCK_DGRAM, POD4, PORT), from = connect_to(&inside_out, SOCK_DGRAM, POD4, PORT);
    attach("direction=from local_port=7320 action=delivered probability_ppm=300000");
    stream_send(from, to);
    CHECK(within_99(stream.wrong, STREAM_PACKETS, 0.3, 1));
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=c"), "hit"), stream.wrong);
    close(from);
    close(to);
    detach();
}

/* How many bits of what comes back over a new connection are not what was sent. */
static int flipped_bits(const char *address)
{
    static unsigned char sent[BULK], back[BULK];
    int fd = connect_to(&network, SOCK_STREAM, address, TCP_PORT), bits = 0;
    struct timeval patience = {.tv_sec = 5};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    for (int i = 0; i < BULK; i++)
        sent[i] = (unsigned char)(i * 7);
    for (int done = 0; done < BULK; done += 1000) {
        CHECK(send(fd, sent + done, 1000, MSG_NOSIGNAL) == 1000);
        CHECK(recv(fd, back + done, 1000, MSG_WAITALL) == 1000);
    }
    for (int i = 0; i < BULK; i++)
        bits += __builtin_popcount(sent[i] ^ back[i]);
    close(fd);
    return bits;
}

/* Where its checksum were wrong, TCP would send it again, and the stream would be right. */
static void tcp_delivers_one_bit_a_packet(const char *address, const char *direction)
{
    char keys[128];
    snprintf(keys, sizeof keys, "direction=%s port=%d action=delivered probability_ppm=500000", direction, TCP_PORT);
    attach(keys);
    int bits = flipped_bits(address);
    const char *stats = agent_ask(&agent, "stats id=c");
    CHECK_EQUAL(reply_value(stats, "hit"), bits);
    CHECK(bits > 50);
    CHECK(reply_value(stats, "without_payload") >= 2);
    CHECK_EQUAL(reply_value(stats, "failed"), 0);
    detach();
}

static void tcp_is_delivered_changed(void)
{
    tcp_delivers_one_bit_a_packet(PEER4, "to");
    tcp_delivers_one_bit_a_packet(PEER6, "to");
    tcp_delivers_one_bit_a_packet(PEER4, "from");
    tcp_delivers_one_bit_a_packet(PEER6, "from");
}

static void refuses_what_it_does_not_know(void)
{
    CHECK_CONTAINS(agent_ask(&agent, "attach id=c kind=networkcorrupt pid=%d dev=eth0 direction=to", network.pod),
                   "action%3D...");
    CHECK_CONTAINS(
        agent_ask(&agent, "attach id=c kind=networkcorrupt pid=%d dev=eth0 direction=to action=lost", network.pod),
        "expected%20detected%20or%20delivered");
}

/* Last: it takes the agent along. */
static void sigkill_ends_it(void)
{
    attach("direction=to action=delivered");
    stream_between(&network, PORT);
    CHECK_EQUAL(stream.wrong, STREAM_PACKETS);
    kill(agent.pid, SIGKILL);
    CHECK_EQUAL(agent_wait(&agent), -SIGKILL);
    outlast_lease();
    stream_between(&network, PORT);
    CHECK_EQUAL(stream.wrong, 0);
}

int main(void)
{
    network = network_create();
    inside_out = (struct network){.pod = network.peer, .peer = network.pod};
    agent = agent_start(NULL);
    echo_at(&network, SOCK_STREAM, TCP_PORT);
    RUN(detected_ones_are_gone);
    RUN(delivered_ones_come_changed);
    RUN(delivered_ones_come_in_changed);
    RUN(tcp_is_delivered_changed);
    RUN(refuses_what_it_does_not_know);
    RUN(sigkill_ends_it);
    network_destroy(&network);
    return check_summary();
}
