// SPDX-License-Identifier: Apache-2.0
/* Partitions on a real veth: one way and both, silent and refusing; they spare others, and heal at once. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>

#include "check.h"
#include "clock.h"
#include "stream.h"

#define PORT 7330
#define UDP_PORT 7331

static struct network network, inside_out;
static struct agent agent;

static void attach(const char *keys)
{
    CHECK_CONTAINS(agent_ask(&agent, "attach id=p kind=networkpartition pid=%d dev=eth0 %s", network.pod, keys), "ok ");
    CHECK_CONTAINS(agent_ask(&agent, "on id=p"), "ok ");
}

static void detach(void)
{
    CHECK_CONTAINS(agent_ask(&agent, "detach id=p"), "ok ");
}

/* The errno of a new connection, 0 where there is one, ETIMEDOUT where nothing came in time. */
static int connect_for(const struct network *from, const char *address, int ms)
{
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons(PORT)};
    char mapped[64];
    snprintf(mapped, sizeof mapped, strchr(address, ':') ? "%s" : "::ffff:%s", address);
    inet_pton(AF_INET6, mapped, &v6.sin6_addr);
    int fd = socket_in(from->pod, AF_INET6, SOCK_STREAM), error = 0;
    struct timeval patience = {.tv_sec = ms / 1000, .tv_usec = ms % 1000 * 1000};
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (connect(fd, (struct sockaddr *)&v6, sizeof v6))
        error = errno == EINPROGRESS ? ETIMEDOUT : errno;
    close(fd);
    return error;
}

static bool vanishes(const struct network *from, const char *address)
{
    return connect_for(from, address, 200) == ETIMEDOUT;
}

/* A neighbour of IPv6 may have to be asked for twice, which takes a second. */
static int connecting(const struct network *from, const char *address)
{
    return connect_for(from, address, 3000);
}

static bool udp_answers(const char *address, int within_ms)
{
    int fd = connect_to(&network, SOCK_DGRAM, address, UDP_PORT);
    struct pollfd readable = {.fd = fd, .events = POLLIN};
    bool answered = send(fd, "x", 1, 0) == 1 && poll(&readable, 1, within_ms) == 1 && recv(fd, &(char){0}, 1, 0) == 1;
    close(fd);
    return answered;
}

static void drops_and_spares_others(void)
{
    attach("direction=to action=drop target=" PEER4 "," PEER6);
    CHECK(vanishes(&network, PEER4));
    CHECK(vanishes(&network, PEER6));
    CHECK(!udp_answers(PEER4, 200));
    CHECK_EQUAL(connecting(&network, OTHER4), 0);
    CHECK_EQUAL(connecting(&network, OTHER6), 0);
    CHECK(udp_answers(OTHER4, 2000));
    CHECK(vanishes(&inside_out, POD4)); /* its answers go to a peer that is cut off */
    const char *stats = agent_ask(&agent, "stats id=p");
    CHECK_EQUAL(reply_value(stats, "hit"), reply_value(stats, "dropped"));
    CHECK_EQUAL(reply_value(stats, "resets"), 0);
    agent_ask(&agent, "off id=p");
    CHECK_EQUAL(connecting(&network, PEER4), 0);
    CHECK(udp_answers(PEER4, 2000));
    detach();
}

static void one_way_is_not_the_other(void)
{
    struct pollfd readable;
    int to = listen_at(&network, SOCK_DGRAM, PEER4, UDP_PORT + 10), fd;
    attach("direction=from action=drop port=7341");
    fd = connect_to(&network, SOCK_DGRAM, PEER4, UDP_PORT + 10);
    struct sockaddr_in6 from;
    socklen_t size = sizeof from;
    readable = (struct pollfd){.fd = to, .events = POLLIN};
    send(fd, "x", 1, 0);
    CHECK_EQUAL(poll(&readable, 1, 200), 1);
    CHECK(recvfrom(to, &(char){0}, 1, 0, (struct sockaddr *)&from, &size) == 1);
    sendto(to, "y", 1, 0, (struct sockaddr *)&from, size);
    readable.fd = fd;
    CHECK_EQUAL(poll(&readable, 1, 100), 0);
    close(fd);
    close(to);
    detach();
}

static void refuses(const char *direction)
{
    char keys[64];
    snprintf(keys, sizeof keys, "direction=%s action=refuse", direction);
    attach(keys);
    CHECK_EQUAL(connecting(&network, PEER4), ECONNREFUSED);
    CHECK_EQUAL(connecting(&network, PEER6), ECONNREFUSED);
    CHECK(!udp_answers(PEER4, 200));
    const char *stats = agent_ask(&agent, "stats id=p");
    CHECK(reply_value(stats, "resets") >= 2); /* ends of connections that were cut before may come again */
    CHECK(reply_value(stats, "dropped") >= 1);
    CHECK_EQUAL(reply_value(stats, "resets") + reply_value(stats, "dropped"), reply_value(stats, "hit"));
    agent_ask(&agent, "off id=p");
    CHECK_EQUAL(connecting(&network, PEER4), 0);
    detach();
}

static void refuses_to_send(void)
{
    refuses("to");
}

static void refuses_who_calls_the_pod(void)
{
    attach("direction=from action=refuse");
    CHECK_EQUAL(connecting(&inside_out, POD4), ECONNREFUSED);
    detach();
    CHECK_EQUAL(connecting(&inside_out, POD4), 0);
}

static void a_connection_that_is_used_is_reset(void)
{
    int fd = connect_to(&network, SOCK_STREAM, PEER4, PORT);
    CHECK(round_trip_us(fd) >= 0);
    attach("direction=to action=refuse");
    CHECK(send(fd, "x", 1, MSG_NOSIGNAL) == 1);
    CHECK(recv(fd, &(char){0}, 1, 0) == -1);
    CHECK_EQUAL(errno, ECONNRESET);
    detach();
    close(fd);
}

/* A connection that is silent meanwhile goes on; what was lost is sent again. */
static void heals_at_once(void)
{
    int fd = connect_to(&network, SOCK_STREAM, PEER4, PORT);
    CHECK(round_trip_us(fd) >= 0);
    attach("direction=both action=drop");
    CHECK(send(fd, "x", 1, MSG_NOSIGNAL) == 1);
    struct pollfd readable = {.fd = fd, .events = POLLIN};
    CHECK_EQUAL(poll(&readable, 1, 300), 0);
    agent_ask(&agent, "off id=p");
    uint64_t lifted_ns = clock_now_ns();
    CHECK(udp_answers(PEER4, 2000));
    CHECK(clock_now_ns() - lifted_ns < 100000000);
    CHECK_EQUAL(poll(&readable, 1, 2000), 1);
    CHECK(recv(fd, &(char){0}, 1, 0) == 1);
    close(fd);
    detach();
}

static void refuses_what_it_does_not_know(void)
{
    CHECK_CONTAINS(agent_ask(&agent, "attach id=p kind=networkpartition pid=%d dev=eth0 direction=to", network.pod),
                   "action%3D...");
    CHECK_CONTAINS(
        agent_ask(&agent, "attach id=p kind=networkpartition pid=%d dev=eth0 direction=to action=cut", network.pod),
        "expected%20drop%20or%20refuse");
}

/* Last: it takes the agent along. */
static void sigkill_ends_it(void)
{
    attach("direction=both action=drop");
    CHECK(!udp_answers(PEER4, 200));
    kill(agent.pid, SIGKILL);
    CHECK_EQUAL(agent_wait(&agent), -SIGKILL);
    outlast_lease();
    CHECK(udp_answers(PEER4, 2000));
}

int main(void)
{
    network = network_create();
    inside_out = (struct network){.pod = network.peer, .peer = network.pod};
    agent = agent_start(NULL);
    echo_at(&network, SOCK_STREAM, PORT);
    echo_at(&network, SOCK_DGRAM, UDP_PORT);
    echo_on(listen_at(&inside_out, SOCK_STREAM, POD4, PORT), SOCK_STREAM);
    RUN(drops_and_spares_others);
    RUN(one_way_is_not_the_other);
    RUN(refuses_to_send);
    RUN(refuses_who_calls_the_pod);
    RUN(a_connection_that_is_used_is_reset);
    RUN(heals_at_once);
    RUN(refuses_what_it_does_not_know);
    RUN(sigkill_ends_it);
    network_destroy(&network);
    return check_summary();
}
