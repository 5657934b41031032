// SPDX-License-Identifier: Apache-2.0
/* Flows that go by two threads: each keeps its order, also when the fault is switched, and nothing is lost. */
#include <dirent.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"
#include "clock.h"
#include "live.h"

#define PORT 7950
#define FLOWS 8
#define GAP_NS 25000
#define SWITCHES 20

static struct network network;
static struct agent agent;
static int senders[FLOWS];
static volatile bool stop;

struct datagram {
    uint32_t flow, number;
};

static uint32_t sent[FLOWS];

static void *send_all(void *arg)
{
    uint64_t due = clock_now_ns();
    for (uint32_t n = 0; !stop; n++, due += GAP_NS) {
        while (clock_now_ns() < due)
            ;
        struct datagram d = {n % FLOWS, sent[n % FLOWS]};
        if (send(senders[d.flow], &d, sizeof d, 0) == sizeof d)
            sent[d.flow]++;
    }
    return arg;
}

/* What came of each flow, and how often not in order. */
static void look(int fd, uint32_t *came, int *reordered)
{
    struct datagram d;
    while (recv(fd, &d, sizeof d, MSG_DONTWAIT) == sizeof d)
        *reordered += d.number != came[d.flow]++;
}

static int threads_of_the_line(void)
{
    char path[300], name[32];
    int n = 0;
    snprintf(path, sizeof path, "/proc/%d/task", agent.pid);
    DIR *threads = opendir(path);
    for (struct dirent *entry; threads && (entry = readdir(threads));) {
        snprintf(path, sizeof path, "/proc/%d/task/%s/comm", agent.pid, entry->d_name);
        FILE *file = fopen(path, "r");
        n += file && fgets(name, sizeof name, file) && !strcmp(name, "chaos-delay\n");
        if (file)
            fclose(file);
    }
    if (threads)
        closedir(threads);
    return n;
}

static void attach(const char *more)
{
    CHECK_CONTAINS(
        agent_ask(&agent, "attach id=d kind=networkdelay pid=%d dev=eth0 direction=to %s", network.pod, more), "ok ");
}

static void flows_keep_their_order(void)
{
    uint32_t came[FLOWS] = {0};
    int room = 64 << 20, reordered = 0, to = listen_at(&network, SOCK_DGRAM, PEER4, PORT);
    pthread_t sender;
    setsockopt(to, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof room);
    for (int i = 0; i < FLOWS; i++)
        senders[i] = connect_to(&network, SOCK_DGRAM, PEER4, PORT);
    attach("latency_us=5000");
    pthread_create(&sender, NULL, send_all, NULL);
    for (int i = 0; i < SWITCHES; i++) {
        CHECK_CONTAINS(agent_ask(&agent, i % 2 ? "off id=d" : "on id=d"), "ok ");
        sleep_ms(30);
        look(to, came, &reordered);
    }
    stop = true;
    pthread_join(sender, NULL);
    sleep_ms(50);
    look(to, came, &reordered);
    for (int i = 0; i < FLOWS; i++)
        CHECK_EQUAL(came[i], sent[i]);
    CHECK_EQUAL(reordered, 0);
    CHECK(reply_value(agent_ask(&agent, "stats id=d"), "hit") > FLOWS * SWITCHES);
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=d"), "held"), 0);
    CHECK_CONTAINS(agent_ask(&agent, "detach id=d"), "ok ");
}

/* By two threads go those whose packets have nothing in common; by one what is held for long, or has an order of draws.
 */
static void two_threads_where_they_help(void)
{
    const int two = sysconf(_SC_NPROCESSORS_ONLN) > 1 ? 2 : 1;
    static const struct {
        const char *more;
        bool split;
    } asked[] = {{"latency_us=1000", true},
                 {"latency_us=20000", true},
                 {"latency_us=20001", false},
                 {"latency_us=1000 jitter_us=500", false},
                 {"latency_us=1000 queue=1000000", false}};
    for (int i = 0; i < 5; i++) {
        attach(asked[i].more);
        CHECK_EQUAL(threads_of_the_line(), asked[i].split ? two : 1);
        CHECK_CONTAINS(agent_ask(&agent, "detach id=d"), "ok ");
        for (int ms = 0; ms < 5000 && threads_of_the_line(); ms += 10)
            sleep_ms(10); /* it is taken apart beside other requests */
    }
}

int main(void)
{
    network = network_create();
    agent = agent_start(NULL);
    RUN(flows_keep_their_order);
    RUN(two_threads_where_they_help);
    CHECK_EQUAL(agent_end(&agent), 0);
    network_destroy(&network);
    return check_summary();
}
