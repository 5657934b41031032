// SPDX-License-Identifier: Apache-2.0
/* --silence: a connection that vanished without an end of input ends the fault all the same. */
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "clock.h"
#include "live.h"

#define PORT 7500
#define PACKETS 50

static struct network network;
static const char *const one_second[] = {"--silence", "1", NULL};

static uint64_t elapsed_ms(uint64_t since_ns)
{
    return (clock_now_ns() - since_ns) / 1000000;
}

/* Held for a minute, unless the agent hands them out. */
static void hold_for_a_minute(const struct agent *agent, int sender)
{
    CHECK_CONTAINS(
        agent_ask(agent, "attach id=d pid=%d kind=networkdelay dev=eth0 direction=to latency_us=60000000", network.pod),
        "ok ");
    CHECK_CONTAINS(agent_ask(agent, "on id=d"), "ok ");
    for (uint32_t i = 0; i < PACKETS; i++)
        send(sender, &i, sizeof i, 0);
}

static int arrived_in_order(int receiver)
{
    uint32_t number, expected = 0;
    while (expected < PACKETS && recv(receiver, &number, sizeof number, MSG_DONTWAIT) == sizeof number &&
           number == expected)
        expected++;
    return (int)expected;
}

static void ends_in_silence(const char *const *options, const char *root)
{
    int receiver = listen_at(&network, SOCK_DGRAM, PEER4, PORT);
    int sender = connect_to(&network, SOCK_DGRAM, PEER4, PORT);
    struct agent agent = agent_start_with(options, root);
    hold_for_a_minute(&agent, sender);
    CHECK_EQUAL(arrived_in_order(receiver), 0);
    uint64_t start = clock_now_ns();
    CHECK_EQUAL(agent_wait(&agent), 0); /* our end of its input is still open */
    CHECK(elapsed_ms(start) >= 900);
    CHECK_EQUAL(arrived_in_order(receiver), PACKETS);
    close(sender);
    close(receiver);
}

static void silence_ends_the_fault_in_order(void)
{
    ends_in_silence(one_second, NULL);
}

static void silence_and_parent_go_together(void)
{
    char self[16];
    snprintf(self, sizeof self, "%d", getpid());
    ends_in_silence((const char *[]){"--parent", self, "--silence", "1", NULL}, NULL);
    pid_t parent = fork();
    if (parent == 0) {
        pause();
        _exit(0);
    }
    snprintf(self, sizeof self, "%d", parent);
    struct agent agent = agent_start_with((const char *[]){"--silence", "3600", "--parent", self, NULL}, NULL);
    kill(parent, SIGKILL);
    waitpid(parent, NULL, 0);
    CHECK_EQUAL(agent_wait(&agent), 0);
}

static void requests_keep_the_agent(void)
{
    struct agent agent = agent_start_with((const char *[]){"--silence", "3", NULL}, NULL);
    for (int i = 0; i < 12; i++) {
        sleep_ms(300);
        const char *reply = agent_ask(&agent, "hello");
        CHECK_CONTAINS(reply, "ok version=3");
        CHECK_EQUAL(reply_value(reply, "pid"), agent.pid);
    }
    CHECK_EQUAL(agent_wait(&agent), 0);
}

/* Half a line is no request. */
static void a_request_that_never_ends_is_silence(void)
{
    struct agent agent = agent_start_with(one_second, NULL);
    CHECK_EQUAL(write(agent.in, "hel", 3), 3);
    CHECK_EQUAL(agent_wait(&agent), 0);
}

static void replies_that_nobody_reads_do_not_keep_the_agent(void)
{
    struct agent agent = agent_start_with(one_second, NULL);
    for (int i = 0; i < 3000; i++)
        CHECK_EQUAL(write(agent.in, "hello\n", 6), 6);
    CHECK_EQUAL(agent_wait(&agent), 0);
}

static void an_image_needs_nothing_but_the_agent(void)
{
    char root[] = "/tmp/chaos-image-XXXXXX", command[512];
    CHECK(mkdtemp(root) != NULL);
    snprintf(command, sizeof command, "cp '%s' %s/chaos-agent", getenv("CHAOS_AGENT"), root);
    CHECK_EQUAL(system(command), 0);
    ends_in_silence(one_second, root);
    snprintf(command, sizeof command, "%s/chaos-agent", root);
    unlink(command);
    rmdir(root);
}

static void refuses_other_seconds(void)
{
    static const char *const bad[] = {"0", "3601", "-1", "1s", ""};
    char command[512];
    for (int i = 0; i < 5; i++) {
        snprintf(command, sizeof command, "'%s' --silence '%s' 2>/dev/null </dev/null", getenv("CHAOS_AGENT"), bad[i]);
        CHECK_EQUAL(WEXITSTATUS(system(command)), 2);
    }
    snprintf(command, sizeof command, "'%s' --silence 2>/dev/null </dev/null", getenv("CHAOS_AGENT"));
    CHECK_EQUAL(WEXITSTATUS(system(command)), 2);
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    network = network_create();
    RUN(silence_ends_the_fault_in_order);
    RUN(silence_and_parent_go_together);
    RUN(requests_keep_the_agent);
    RUN(a_request_that_never_ends_is_silence);
    RUN(replies_that_nobody_reads_do_not_keep_the_agent);
    RUN(an_image_needs_nothing_but_the_agent);
    RUN(refuses_other_seconds);
    network_destroy(&network);
    return check_summary();
}
