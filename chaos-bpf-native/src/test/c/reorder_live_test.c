// SPDX-License-Identifier: Apache-2.0
/* Reordering on a real veth: which datagrams overtake which, as they arrive at the far side. */
#include <signal.h>

#include "check.h"
#include "clock.h"
#include "share.h"
#include "stream.h"

#define PORT 7400
#define OTHER_PORT 7401
#define LATENCY_MS 2000       /* longer than all are sent in, beside other tests */
#define EMULATED_PACKETS 1000 /* as many as emulation sends in that time */
#define QUIET_MS 100          /* nothing more comes of what is not held */
#define RECEIVE_BUFFER (32 << 20)

static long packets = STREAM_PACKETS;
static struct network network, inside_out;
static struct agent agent;

static struct {
    bool ahead[STREAM_PACKETS]; /* came while others were still sent */
    long came, in_order;        /* of those that came later: after the one with the number before */
    uint64_t first_held_ns;     /* after the first was sent */
} seen;

static void take(int to, bool later, long *last)
{
    struct datagram d;
    while (recv(to, &d, sizeof d, MSG_DONTWAIT) == sizeof d && d.number < packets) {
        seen.came++;
        seen.ahead[d.number] = !later;
        seen.in_order += later && (long)d.number > *last;
        *last = later ? (long)d.number : -1;
    }
}

static void send_all(int from, int to)
{
    int size = RECEIVE_BUFFER;
    long last = -1;
    struct pollfd readable = {.fd = to, .events = POLLIN};
    setsockopt(to, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size);
    memset(&seen, 0, sizeof seen);
    uint64_t since_ns = clock_now_ns();
    for (uint32_t i = 0; i < packets; i++) {
        struct datagram d = datagram_of(i);
        send(from, &d, sizeof d, 0);
    }
    while (poll(&readable, 1, QUIET_MS) > 0)
        take(to, false, &last);
    CHECK(clock_now_ns() - since_ns < LATENCY_MS * 1000000ull); /* else the machine was too slow to tell them apart */
    while (seen.came < packets && poll(&readable, 1, 2 * LATENCY_MS) > 0) {
        seen.first_held_ns = seen.first_held_ns ? seen.first_held_ns : clock_now_ns() - since_ns;
        take(to, true, &last);
    }
    close(from);
    close(to);
}

static void send_between(const struct network *n, const char *address, uint16_t port)
{
    int to = listen_at(n, SOCK_DGRAM, address, port);
    send_all(connect_to(n, SOCK_DGRAM, address, port), to);
}

static long ahead(void)
{
    return count_hits(seen.ahead, packets);
}

static void attach(const char *keys)
{
    const char *reply = agent_ask(&agent, "attach id=r kind=networkreorder pid=%d dev=eth0 seed=3 latency_us=%d %s",
                                  network.pod, LATENCY_MS * 1000, keys);
    CHECK_CONTAINS(reply, "ok rt=");
    CHECK_CONTAINS(agent_ask(&agent, "on id=r"), "ok ");
}

static void detach(void)
{
    CHECK_CONTAINS(agent_ask(&agent, "off id=r"), "ok ");
    send_between(&network, PEER4, PORT);
    CHECK_EQUAL(ahead(), packets);
    CHECK_CONTAINS(agent_ask(&agent, "detach id=r"), "ok ");
}

/* All came; those that were held were late, and in the order in which they were sent. */
static void check_held(void)
{
    CHECK_EQUAL(seen.came, packets);
    CHECK_EQUAL(seen.in_order, packets - ahead());
    CHECK(seen.first_held_ns >= LATENCY_MS * 1000000ull);
}

static void a_share_overtakes_the_others(void)
{
    attach("direction=to port=7400 probability_ppm=250000");
    send_between(&network, PEER4, PORT);
    check_held();
    CHECK(within_99(ahead(), packets, 0.25, 1));
    const char *stats = agent_ask(&agent, "stats id=r");
    CHECK_EQUAL(reply_value(stats, "hit"), ahead());
    CHECK_EQUAL(reply_value(stats, "drawn"), packets);
    CHECK_EQUAL(reply_value(stats, "captured"), packets - ahead());
    CHECK_EQUAL(reply_value(stats, "held"), 0);
    CHECK(reply_value(stats, "overtook") > 0 && reply_value(stats, "overtook") <= ahead());
    send_between(&network, PEER4, OTHER_PORT);
    CHECK_EQUAL(ahead(), packets);
    detach();
}

static void what_is_received_too(void)
{
    attach("direction=from probability_ppm=250000");
    send_between(&inside_out, POD4, PORT);
    check_held();
    CHECK(within_99(ahead(), packets, 0.25, 1));
    detach();
}

static void a_correlation_keeps_the_share(void)
{
    attach("direction=to probability_ppm=250000 correlation=75");
    send_between(&network, PEER4, PORT);
    check_held();
    CHECK(within_99(ahead(), packets, 0.25, 7));
    CHECK(rows_of_99(seen.ahead, packets, 1 / (0.75 * 0.25)));
    detach();
}

static long closest(void)
{
    long last = -packets, least = packets;
    for (long i = 0; i < packets; i++) {
        if (!seen.ahead[i])
            continue;
        least = i - last < least ? i - last : least;
        last = i;
    }
    return least;
}

static void a_gap_holds_some_in_a_row(void)
{
    attach("direction=to probability_ppm=500000 gap=5");
    send_between(&network, PEER4, PORT);
    check_held();
    CHECK(closest() >= 5);
    CHECK(within_99(ahead(), reply_value(agent_ask(&agent, "stats id=r"), "drawn"), 0.5, 1));
    detach();
}

static void without_chance_every_gap_th_overtakes(void)
{
    attach("direction=to gap=5");
    send_between(&network, PEER4, PORT);
    check_held();
    CHECK_EQUAL(ahead(), packets / 5);
    CHECK_EQUAL(closest(), 5);
    CHECK(seen.ahead[4]);
    detach();
}

static void refuse(const char *keys, const char *reason)
{
    const char *reply = agent_ask(&agent, "attach id=r kind=networkreorder pid=%d dev=eth0 %s", network.pod, keys);
    CHECK_CONTAINS(reply, "code=bad_request");
    CHECK_CONTAINS(reply, reason);
}

static void refuses_what_it_does_not_know(void)
{
    refuse("direction=to probability_ppm=5", "latency_us%3D...");
    refuse("direction=to latency_us=1000", "none%20is%20held");
    refuse("direction=to latency_us=1000 gap=0", "gap%3D0:");
    refuse("direction=to latency_us=1000 probability_ppm=5 correlation=100", "correlation%3D100:");
    refuse("direction=to latency_us=1000 probability_ppm=5 rate_bit=5", "unknown%20key%20rate_bit");
}

/* Last: it takes the agent along. */
static void sigkill_ends_it(void)
{
    attach("direction=both probability_ppm=250000");
    kill(agent.pid, SIGKILL);
    CHECK_EQUAL(agent_wait(&agent), -SIGKILL);
    outlast_lease();
    send_between(&network, PEER4, PORT);
    CHECK_EQUAL(ahead(), packets);
}

int main(void)
{
    if (is_emulated())
        packets = EMULATED_PACKETS;
    network = network_create();
    inside_out = (struct network){.pod = network.peer, .peer = network.pod};
    agent = agent_start(NULL);
    RUN(a_share_overtakes_the_others);
    RUN(what_is_received_too);
    RUN(a_correlation_keeps_the_share);
    RUN(a_gap_holds_some_in_a_row);
    RUN(without_chance_every_gap_th_overtakes);
    RUN(refuses_what_it_does_not_know);
    RUN(sigkill_ends_it);
    network_destroy(&network);
    return check_summary();
}
