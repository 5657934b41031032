// SPDX-License-Identifier: Apache-2.0
/* What is held at a revert arrives as it was sent, though much of it goes as super-packets. */
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "check.h"
#include "live.h"

#define PORT 7960
#define HELD 1000 /* which the ring has room for */

static struct network network;
static struct agent agent;

struct datagram {
    uint32_t number;
    char filled[1396];
};

/* Of sizes that come in runs, and change: some go on as super-packets, some cannot. */
static size_t size_of(uint32_t number)
{
    return number % 50 == 49 ? 200 : number % 500 > 400 ? 100 + number % 7 : 1000;
}

static void arrives_as_it_was_sent(const char *address)
{
    int room = 64 << 20, wrong = 0, came = 0;
    int from = connect_to(&network, SOCK_DGRAM, address, PORT), to = listen_at(&network, SOCK_DGRAM, address, PORT);
    struct datagram d = {0}, got;
    setsockopt(to, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof room);
    setsockopt(to, SOL_SOCKET, SO_RCVTIMEO, &(struct timeval){.tv_sec = 2}, sizeof(struct timeval));
    CHECK_EQUAL(send(from, &d, 1, 0), 1); /* the neighbour is asked for before many wait for it */
    CHECK_EQUAL(recv(to, &got, sizeof got, 0), 1);
    CHECK_CONTAINS(agent_ask(&agent, "attach id=d kind=networkdelay pid=%d dev=eth0 direction=to latency_us=60000000",
                             network.pod),
                   "ok ");
    CHECK_CONTAINS(agent_ask(&agent, "on id=d"), "ok ");
    for (uint32_t i = 0; i < HELD; i++) {
        memset(&d, (int)i, sizeof d);
        d.number = i;
        send(from, &d, size_of(i), 0);
    }
    CHECK_CONTAINS(agent_ask(&agent, "off id=d"), "drained=1000");
    for (ssize_t n; came < HELD && (n = recv(to, &got, sizeof got, 0)) > 0; came++) {
        memset(&d, came, sizeof d);
        d.number = (uint32_t)came;
        wrong += n != (ssize_t)size_of(d.number) || memcmp(&d, &got, (size_t)n);
    }
    CHECK_EQUAL(came, HELD);
    CHECK_EQUAL(wrong, 0);
    CHECK_CONTAINS(agent_ask(&agent, "detach id=d"), "ok ");
    close(from);
    close(to);
}

static void what_a_revert_sends_arrives_as_it_was_sent(void)
{
    arrives_as_it_was_sent(PEER4);
    arrives_as_it_was_sent(PEER6);
}

int main(void)
{
    network = network_create();
    agent = agent_start(NULL);
    RUN(what_a_revert_sends_arrives_as_it_was_sent);
    CHECK_EQUAL(agent_end(&agent), 0);
    network_destroy(&network);
    return check_summary();
}
