// SPDX-License-Identifier: Apache-2.0
/* A fault on each pod of a full node, by one agent. */
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "live.h"
#include "programs.h"

#define DELAYED 100
#define PODS 150 /* the kubelet allows 110, unless told otherwise */

static pid_t pods[PODS];

static void stay(int ready)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (unshare(CLONE_NEWNET) || system("ip link add v type veth peer w && ip link set v up") ||
        write(ready, "r", 1) != 1)
        _exit(1);
    for (;;)
        pause();
}

static void start_pods(void)
{
    int ready[2];
    char byte;
    CHECK(!pipe(ready));
    for (int i = 0; i < PODS; i++) {
        pods[i] = fork();
        if (!pods[i])
            stay(ready[1]);
        CHECK(read(ready[0], &byte, 1) == 1);
    }
}

static int count_ids(const char *list)
{
    int n = 0;
    for (const char *id = strchr(list, '='); id; id = strchr(id + 1, ','))
        n += id[1] != 0;
    return n;
}

static void all_pods_have_their_fault(void)
{
    struct agent agent = agent_start(NULL);
    for (int i = 0; i < PODS; i++)
        CHECK_CONTAINS(
            agent_ask(&agent, "attach id=f%d kind=dnschaos pid=%d dev=lo action=drop patterns=*.test", i, pods[i]),
            "ok ");
    for (int i = 0; i < PODS; i++)
        CHECK_CONTAINS(agent_ask(&agent, "on id=f%d", i), "ok ");
    CHECK_EQUAL(count_ids(agent_ask(&agent, "list")), PODS);
    for (int i = 0; i < PODS; i++)
        CHECK_CONTAINS(agent_ask(&agent, "stats id=f%d", i), " mode=on ");
    for (int i = 0; i < PODS; i++)
        CHECK_CONTAINS(agent_ask(&agent, "detach id=f%d", i), "ok ");
    CHECK_TEXT(agent_ask(&agent, "list"), "ok ids=");
    CHECK_EQUAL(programs_left_of(agent.pid), 0);
    CHECK_EQUAL(agent_end(&agent), 0);
}

static long resident_mib(pid_t pid)
{
    char path[64];
    long pages = 0;
    snprintf(path, sizeof path, "/proc/%d/statm", pid);
    FILE *file = fopen(path, "r");
    CHECK(file && fscanf(file, "%*d %ld", &pages) == 1);
    fclose(file);
    return pages * sysconf(_SC_PAGESIZE) >> 20;
}

static void a_hundred_delays_fit_in_half_a_gigabyte(void)
{
    struct agent agent = agent_start(NULL);
    for (int i = 0; i < DELAYED; i++)
        CHECK_CONTAINS(agent_ask(&agent, "attach id=d%d kind=networkdelay pid=%d dev=v direction=to latency_us=100000",
                                 i, pods[i]),
                       "ok ");
    for (int i = 0; i < DELAYED; i++)
        CHECK_CONTAINS(agent_ask(&agent, "on id=d%d", i), "ok ");
    CHECK(resident_mib(agent.pid) <= 512);
    printf("    %ld MiB resident\n", resident_mib(agent.pid));
    CHECK_EQUAL(agent_end(&agent), 0);
}

int main(void)
{
    start_pods();
    RUN(a_hundred_delays_fit_in_half_a_gigabyte);
    RUN(all_pods_have_their_fault);
    for (int i = 0; i < PODS; i++) {
        kill(pods[i], SIGKILL);
        waitpid(pods[i], NULL, 0);
    }
    return check_summary();
}
