// SPDX-License-Identifier: Apache-2.0
/* A fault on each pod of a full node, by one agent. */
#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "frame.h"
#include "live.h"
#include "programs.h"

#define DELAYED 100
#define PODS 150 /* the kubelet allows 110, unless told otherwise */
#define LARGE 60000
#define PACKETS 100

static pid_t pods[PODS];

static void stay(int ready)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (unshare(CLONE_NEWNET) || system("ip link add v type veth peer w && ip link set v mtu 65000 up") ||
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

/* ---- what a hundred pods send is held ---- */

/* Out of the pod's device, as large as a super-packet is. */
static int send_in(pid_t pod)
{
    struct frame head = frame_ethernet(ETH_P_IP);
    static unsigned char bytes[LARGE];
    struct ifreq device = {.ifr_name = "v"};
    int fd = socket_in(pod, AF_PACKET, SOCK_RAW), sent = 0;
    CHECK(!ioctl(fd, SIOCGIFINDEX, &device));
    struct sockaddr_ll address = {
        .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_IP), .sll_ifindex = device.ifr_ifindex};
    frame_add_ipv4(&head, "198.18.0.1", "198.18.0.2", IPPROTO_UDP, 0, 0);
    memcpy(bytes, head.bytes, head.length);
    for (int i = 0; i < PACKETS; i++)
        sent += sendto(fd, bytes, sizeof bytes, 0, (struct sockaddr *)&address, sizeof address) == sizeof bytes;
    close(fd);
    return sent;
}

static void a_hundred_delays_fit_in_half_a_gigabyte(void)
{
    struct agent agent = agent_start(NULL);
    long long held = 0, full = 0, sent = 0;
    for (int i = 0; i < DELAYED; i++)
        CHECK_CONTAINS(agent_ask(&agent,
                                 "attach id=d%d kind=networkdelay pid=%d dev=v direction=to latency_us=60000000", i,
                                 pods[i]),
                       "ok ");
    printf("    %ld MiB resident", resident_mib(agent.pid));
    for (int i = 0; i < DELAYED; i++)
        CHECK_CONTAINS(agent_ask(&agent, "on id=d%d", i), "ok ");
    for (int i = 0; i < DELAYED; i++)
        sent += send_in(pods[i]);
    for (int i = 0; i < DELAYED; i++) {
        const char *stats = agent_ask(&agent, "stats id=d%d", i);
        held += reply_value(stats, "held");
        full += reply_value(stats, "full");
    }
    printf(", %ld with %lld packets of %d KiB held, %lld refused\n", resident_mib(agent.pid), held, LARGE >> 10, full);
    CHECK(resident_mib(agent.pid) <= 512);
    CHECK(held * LARGE > 250 << 20);
    CHECK(full > 0);
    CHECK(sent == held); /* what is refused is seen by the sender */
    CHECK_EQUAL(held + full, DELAYED * PACKETS);
    kill(agent.pid, SIGKILL); /* it would send all that */
    CHECK_EQUAL(agent_wait(&agent), -SIGKILL);
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
