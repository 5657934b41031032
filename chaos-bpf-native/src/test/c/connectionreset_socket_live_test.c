// SPDX-License-Identifier: Apache-2.0
/* kind=connectionreset mechanism=socket: connections closed at once, idle ones too. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>

#include "pair.h"
#include "share.h"

static void both_ends_read_it(struct pair pair)
{
    CHECK_EQUAL(outcome_of(pair.pod), ECONNABORTED);
    CHECK_EQUAL(outcome_of(pair.peer), ECONNRESET);
    close_pair(pair);
}

static void idle_connections_at_once(void)
{
    struct pair v4 = open_pair(0), v6 = open_pair(3);
    reset_on("mechanism=socket direction=both");
    both_ends_read_it(v4);
    both_ends_read_it(v6);
    CHECK_EQUAL(reset_count("hit"), 2);
    CHECK_EQUAL(reset_count("drawn"), 2);
    struct pair later = open_pair(0);
    CHECK(works(later));
    reset_off();
    CHECK(works(later));
    close_pair(later);
}

/* The peer's connections to the pod are the pod's as well. */
static void what_is_not_meant_is_spared(void)
{
    struct pair pair = open_pair(0), port = open_pair(1), peer = open_pair(2), v6 = open_pair(3);
    reset_on("mechanism=socket direction=both target=" PEER4 " port=7001");
    both_ends_read_it(pair);
    CHECK(works(port) && works(peer) && works(v6));
    CHECK_EQUAL(reset_count("seen"), 4);
    CHECK_EQUAL(reset_count("matched"), 1);
    CHECK_CONTAINS(agent_ask(&agent, "stats id=reset"), OTHER4 ":7001/tcp:1");
    reset_off();
    close_pair(port);
    close_pair(peer);
    close_pair(v6);
}

static void probes_are_spared_on_demand(void)
{
    struct sockaddr_in own = {.sin_family = AF_INET, .sin_port = htons(9000)};
    struct sockaddr_in pod = own;
    inet_pton(AF_INET, POD4, &pod.sin_addr);
    int listener = socket_in(network.pod, AF_INET, SOCK_STREAM), prober = socket_in(network.peer, AF_INET, SOCK_STREAM);
    CHECK(!bind(listener, (struct sockaddr *)&own, sizeof own) && !listen(listener, 1));
    CHECK(!connect(prober, (struct sockaddr *)&pod, sizeof pod));
    struct pair probe = {accept4(listener, NULL, NULL, SOCK_CLOEXEC), prober};
    reset_on("mechanism=socket direction=both probed_port=9000 prober=" PEER4 " probes=spare");
    CHECK(works(probe));
    CHECK_EQUAL(reset_count("hit"), 0);
    reset_off();
    reset_on("mechanism=socket direction=both probed_port=9000 prober=" PEER4 " probes=hit");
    both_ends_read_it(probe);
    reset_off();
    close(listener);
}

static void shell_in_pod(const char *command)
{
    char line[256];
    snprintf(line, sizeof line, "nsenter -t %d -n %s", network.pod, command);
    CHECK(!system(line));
}

/* Between processes of one pod. */
static void connections_within_the_pod_are_left(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(9000)};
    int listener = socket_in(network.pod, AF_INET, SOCK_STREAM), client = socket_in(network.pod, AF_INET, SOCK_STREAM);
    inet_pton(AF_INET, POD4, &at.sin_addr);
    CHECK(!bind(listener, (struct sockaddr *)&at, sizeof at) && !listen(listener, 1));
    shell_in_pod("ip link set lo up");
    CHECK(!connect(client, (struct sockaddr *)&at, sizeof at));
    struct pair within = {client, accept4(listener, NULL, NULL, SOCK_CLOEXEC)};
    reset_on("mechanism=socket direction=both");
    CHECK(works(within));
    CHECK_EQUAL(reset_count("seen"), 0);
    reset_off();
    close_pair(within);
    close(listener);
}

/* More than fit one answer of the kernel; some are drawn. */
static void a_share_of_many(void)
{
    enum { PAIRS = 300 };
    static struct pair pairs[PAIRS];
    int closed = 0;
    for (int i = 0; i < PAIRS; i++)
        pairs[i] = open_pair(i % 2 ? 0 : 3);
    reset_on("mechanism=socket direction=both probability_ppm=500000 seed=7");
    for (int i = 0; i < PAIRS; i++)
        closed += !works(pairs[i]);
    CHECK_EQUAL(reset_count("drawn"), PAIRS);
    CHECK_EQUAL(reset_count("hit"), closed);
    CHECK(within_99(closed, PAIRS, 0.5, 1));
    reset_off();
    for (int i = 0; i < PAIRS; i++)
        close_pair(pairs[i]);
}

static void only_so_many(void)
{
    struct pair first = open_pair(0), second = open_pair(0);
    reset_on("mechanism=socket direction=both count=1");
    CHECK_EQUAL(works(first) + works(second), 1);
    CHECK_EQUAL(reset_count("hit"), 1);
    reset_off();
    close_pair(first);
    close_pair(second);
}

static void a_kernel_without_it_is_named(void)
{
    CHECK_CONTAINS(attach_reset("mechanism=socket direction=both"), "SOCK_DESTROY");
}

int main(void)
{
    network = network_create();
    agent = agent_start(NULL);
    open_listeners();
    const char *attached = attach_reset("mechanism=socket direction=both");
    if (strncmp(attached, "ok ", 3)) {
        printf("refused: %s\n", attached);
        RUN(a_kernel_without_it_is_named);
        return check_summary();
    }
    printf("mechanism: SOCK_DESTROY\n");
    reset_off();
    RUN(idle_connections_at_once);
    RUN(what_is_not_meant_is_spared);
    RUN(probes_are_spared_on_demand);
    RUN(connections_within_the_pod_are_left);
    RUN(a_share_of_many);
    RUN(only_so_many);
    network_destroy(&network);
    return check_summary();
}
