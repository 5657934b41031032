// SPDX-License-Identifier: Apache-2.0
/* Several faults on one device at once. */
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"
#include "live.h"

#define PORT 7500
#define OTHER_PORT 7501
#define DNS_PORT 53

static struct network network;
static struct agent agent;

static long once(uint16_t port)
{
    int fd = connect_to(&network, SOCK_DGRAM, PEER4, port);
    long us = round_trip_us(fd);
    close(fd);
    return us;
}

static void attach_delay(const char *id, int ms, const char *filter)
{
    CHECK_CONTAINS(agent_ask(&agent, "attach id=%s kind=networkdelay pid=%d dev=eth0 direction=to latency_us=%d %s", id,
                             network.pod, ms * 1000, filter),
                   "ok ");
    CHECK_CONTAINS(agent_ask(&agent, "on id=%s", id), "ok ");
}

static void detach(const char *id)
{
    CHECK_CONTAINS(agent_ask(&agent, "detach id=%s", id), "ok ");
}

static void two_delays_share_a_device_by_their_filters(void)
{
    attach_delay("a", 200, "port=7500");
    attach_delay("b", 400, "port=7501");
    long first = once(PORT), second = once(OTHER_PORT);
    CHECK(first >= 200000 && first < 400000);
    CHECK(second >= 400000);
    detach("a");
    CHECK(once(PORT) < 200000);
    CHECK(once(OTHER_PORT) >= 400000);
    detach("b");
}

/* A packet that one delay has sent on carries the mark, so the other does not hold it a second time. */
static void of_two_delays_that_match_the_first_counts(void)
{
    attach_delay("a", 200, "");
    attach_delay("b", 300, "");
    long us = once(PORT);
    CHECK(us >= 200000 && us < 500000);
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=b"), "hit"), 0);
    detach("b");
    detach("a");
}

/* A query for NAME.test, as long as the echo's message; the answer, or the query itself when nobody answered. */
static long ask_name(char first_letter, unsigned char *answer)
{
    unsigned char query[64] = {0x12, 0x34, 1, 0, 0, 1, [12] = 1, (unsigned char)first_letter, 4, 't', 'e',
                               's',  't',  0, 0, 1, 0, 1};
    int fd = connect_to(&network, SOCK_DGRAM, PEER4, DNS_PORT);
    struct timeval patience = {.tv_sec = 2};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    send(fd, query, 24, 0);
    long n = recv(fd, answer, 64, 0);
    close(fd);
    return n;
}

static void dns_answers_at_once_and_the_rest_is_delayed(void)
{
    unsigned char answer[64];
    attach_delay("slow", 300, "");
    CHECK_CONTAINS(
        agent_ask(&agent, "attach id=dns kind=dnschaos pid=%d dev=eth0 action=nxdomain patterns=a.test", network.pod),
        "ok");
    agent_ask(&agent, "on id=dns");
    CHECK(ask_name('a', answer) > 12);
    CHECK_EQUAL(answer[3] & 15, 3);                                         /* NXDOMAIN */
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=slow"), "hit"), 0); /* answered before the delay saw it */
    CHECK(ask_name('b', answer) > 12);
    CHECK_EQUAL(answer[2] & 0x80, 0); /* the echoed query */
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=slow"), "hit"), 1);
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=dns"), "seen"), 2); /* not again when it was sent on */
    detach("slow");
    detach("dns");
}

int main(void)
{
    network = network_create();
    agent = agent_start(NULL);
    echo_at(&network, SOCK_DGRAM, PORT);
    echo_at(&network, SOCK_DGRAM, OTHER_PORT);
    echo_at(&network, SOCK_DGRAM, DNS_PORT);
    RUN(two_delays_share_a_device_by_their_filters);
    RUN(of_two_delays_that_match_the_first_counts);
    RUN(dns_answers_at_once_and_the_rest_is_delayed);
    agent_end(&agent);
    network_destroy(&network);
    return check_summary();
}
