// SPDX-License-Identifier: Apache-2.0
/*
 * However an agent ends, all its faults are over first, and taken apart after; and whoever holds a goroutine by
 * spinning keeps no request waiting.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "clock.h"
#include "go_target.h"
#include "live.h"
#include "programs.h"

#define GO_DELAYS 10
#define LATENCY_US 90000 /* of each; a call is held by all of them, one after the other */
#define PORT 7700
#define OVER_MS 100 /* after the end nothing is delayed any more */

static struct network network;
static struct agent agent;
static struct go_target target;
static int echo;

static const char *attach_go_delay(const struct agent *by, const char *id, int latency_us, const char *keys)
{
    return agent_ask(by, "attach id=%s kind=godelay pid=%d function=main.framed latency_us=%d %s", id, target.pid,
                     latency_us, keys);
}

static void switch_on(const char *id)
{
    CHECK_CONTAINS(agent_ask(&agent, "on id=%s", id), "ok ");
}

/* The network delay last: one after the other it would be the last that ends. */
static void hold_everything(void)
{
    char id[16];
    agent = agent_start(NULL);
    target = go_target_start("probed");
    for (int i = 0; i < GO_DELAYS; i++) {
        snprintf(id, sizeof id, "g%d", i);
        CHECK_CONTAINS(attach_go_delay(&agent, id, LATENCY_US, ""), "ok ");
        switch_on(id);
    }
    CHECK_CONTAINS(agent_ask(&agent, "attach id=n kind=networkdelay pid=%d dev=eth0 direction=to latency_us=%d",
                             network.pod, LATENCY_US),
                   "ok ");
    switch_on("n");
    CHECK(round_trip_us(echo) >= LATENCY_US);
    CHECK_CONTAINS(go_target_ask(&target, "begin framed"), "ok");
    sleep_ms(LATENCY_US / 1000);
}

static int is_alive(void)
{
    return waitpid(agent.pid, NULL, WNOHANG) == 0;
}

/* What was held goes on, what begins now is not held: by whatever time the agent itself takes. */
static void check_all_is_over(void)
{
    sleep_ms(OVER_MS);
    int was_alive = is_alive();
    CHECK(round_trip_us(echo) < LATENCY_US);
    const char *answer = go_target_ask(&target, "call framed 3 1");
    CHECK_EQUAL(reply_value(answer, "returned"), 3);
    CHECK(reply_value(answer, "max_us") < LATENCY_US);
    CHECK_EQUAL(reply_value(go_target_ask(&target, "end"), "wrong"), 0);
    printf("    %d ms after the end of its agent no packet and no call is held; the agent %s\n", OVER_MS,
           was_alive ? "is still there" : "has gone");
}

static void check_gone(uint64_t since_ns)
{
    unsigned int ids[1];
    agent_wait(&agent);
    printf("    and is gone after %.0f ms\n", (double)(clock_now_ns() - since_ns) / 1e6);
    CHECK_EQUAL(programs_of(agent.pid, ids, 1), 0);
    go_target_end(&target);
}

static void close_input(void)
{
    close(agent.in);
    agent.in = -1;
}

static void terminate(void)
{
    kill(agent.pid, SIGTERM);
}

static void kill_hard(void)
{
    kill(agent.pid, SIGKILL);
}

static void check_that_it_ends(void (*end)(void))
{
    hold_everything();
    uint64_t ended_ns = clock_now_ns();
    end();
    check_all_is_over();
    check_gone(ended_ns);
}

static void ten_go_delays_and_a_network_delay_are_over_at_the_end_of_input(void)
{
    check_that_it_ends(close_input);
}

static void ten_go_delays_and_a_network_delay_are_over_at_sigterm(void)
{
    check_that_it_ends(terminate);
}

static void ten_go_delays_and_a_network_delay_are_over_at_sigkill(void)
{
    check_that_it_ends(kill_hard);
}

/* Probes that wait their turn: a second of requests, or more. */
static void ask_much(void)
{
    const char line[] = "probe\n";
    for (int i = 0; i < 8; i++)
        CHECK_EQUAL(write(agent.in, line, strlen(line)), strlen(line));
}

static void faults_are_over_though_requests_are_not(void)
{
    hold_everything();
    ask_much();
    uint64_t ended_ns = clock_now_ns();
    close_input();
    sleep_ms(OVER_MS / 2);
    CHECK(is_alive());
    check_all_is_over();
    check_gone(ended_ns);
}

static void nothing_is_switched_on_any_more_once_the_end_has_come(void)
{
    char answers[4096] = "";
    agent = agent_start(NULL);
    CHECK_CONTAINS(agent_ask(&agent, "attach id=n kind=networkdelay pid=%d dev=eth0 direction=to latency_us=%d",
                             network.pod, LATENCY_US),
                   "ok ");
    const char lines[] = "probe\nprobe\non id=n\n";
    CHECK_EQUAL(write(agent.in, lines, strlen(lines)), strlen(lines));
    close_input();
    for (size_t length = 0; length < sizeof answers - 1;) {
        ssize_t n = read(agent.out, answers + length, sizeof answers - 1 - length);
        if (n <= 0)
            break;
        length += (size_t)n;
    }
    CHECK_CONTAINS(answers, "is%20ending");
    CHECK_EQUAL(agent_wait(&agent), 0);
}

/* ---- one holds by spinning ---- */

#define HELD_US 900000
#define SPINNING "mechanism=spinning"
#define TRIES                                                                                                          \
    20 /* on a busy machine a request may take as long as the call is held; one that waited for it always would */

/* Whether the call is still held when what is asked has been answered: nobody has waited for it. */
static int is_held_after(void (*ask)(void))
{
    go_target_tell(&target, "call framed 1 1");
    sleep_ms(20);
    uint64_t began_ns = clock_now_ns();
    ask();
    double ms = (double)(clock_now_ns() - began_ns) / 1e6;
    int held = !go_target_hears_within(&target, 0);
    printf("    answered within %.0f ms, the call %s\n", ms, held ? "is still held" : "has returned");
    return held;
}

static void check_that_off_ends_it(void)
{
    CHECK_CONTAINS(agent_ask(&agent, "off id=held"), "ok drained=1 ");
    CHECK(go_target_hears_within(&target, 5000));
    const char *answer = go_target_hear(&target);
    CHECK_EQUAL(reply_value(answer, "returned"), 1);
    CHECK(reply_value(answer, "max_us") < HELD_US);
}

static void while_a_call_is_held(void (*ask)(void))
{
    int held = 0;
    agent = agent_start(NULL);
    target = go_target_start("probed");
    CHECK_CONTAINS(attach_go_delay(&agent, "held", HELD_US, SPINNING), "ok ");
    switch_on("held");
    for (int i = 0; i < TRIES && !(held = is_held_after(ask)); i++)
        CHECK_EQUAL(reply_value(go_target_hear(&target), "returned"), 1);
    CHECK(held);
    if (held)
        check_that_off_ends_it();
    CHECK_EQUAL(agent_end(&agent), 0);
    go_target_end(&target);
}

static struct agent other;
static struct go_target others;

static void detach_by_another(void)
{
    CHECK_CONTAINS(agent_ask(&other, "attach id=p kind=gopanic pid=%d function=main.framed", others.pid), "ok ");
    CHECK_CONTAINS(agent_ask(&other, "off id=p"), "ok ");
    CHECK_CONTAINS(agent_ask(&other, "detach id=p"), "ok ");
    CHECK_CONTAINS(agent_ask(&other, "list"), "ok ids=");
}

static void an_agent_detaches_while_another_holds_a_call(void)
{
    other = agent_start(NULL);
    others = go_target_start("probed");
    while_a_call_is_held(detach_by_another);
    CHECK_EQUAL(programs_left_of(other.pid), 0);
    CHECK_EQUAL(agent_end(&other), 0);
    go_target_end(&others);
}

static void probe_by_another(void)
{
    CHECK_CONTAINS(agent_ask(&other, "probe"), " go_delay=yes");
}

static void an_agent_probes_while_another_holds_a_call(void)
{
    other = agent_start(NULL);
    while_a_call_is_held(probe_by_another);
    CHECK_EQUAL(agent_end(&other), 0);
}

static void detach_its_own(void)
{
    CHECK_CONTAINS(agent_ask(&agent, "attach id=p kind=gopanic pid=%d function=main.other", target.pid), "ok ");
    CHECK_CONTAINS(agent_ask(&agent, "detach id=p"), "ok ");
}

static void the_agent_itself_detaches_another_fault_meanwhile(void)
{
    while_a_call_is_held(detach_its_own);
}

/* An agent whose stderr we read. */
static struct agent start_heard(int *errors)
{
    int own = dup(STDERR_FILENO), ends[2];
    CHECK(!pipe2(ends, O_CLOEXEC));
    dup2(ends[1], STDERR_FILENO);
    struct agent started = agent_start(NULL);
    dup2(own, STDERR_FILENO);
    close(own);
    close(ends[1]);
    *errors = ends[0];
    return started;
}

static char last_words[1024];

static void end_another(void)
{
    int errors;
    other = start_heard(&errors);
    CHECK_CONTAINS(agent_ask(&other, "attach id=p kind=gopanic pid=%d function=main.framed", others.pid), "ok ");
    CHECK_EQUAL(agent_end(&other), 0);
    ssize_t n = read(errors, last_words, sizeof last_words - 1);
    last_words[n > 0 ? n : 0] = 0;
    close(errors);
}

static void who_waits_for_a_call_that_another_holds_says_so(void)
{
    others = go_target_start("probed");
    agent = agent_start(NULL);
    target = go_target_start("probed");
    attach_go_delay(&agent, "held", HELD_US, SPINNING);
    switch_on("held");
    for (int i = 0; i < TRIES && !strstr(last_words, "taking apart p"); i++) {
        go_target_tell(&target, "call framed 1 1");
        sleep_ms(20);
        end_another();
        CHECK_EQUAL(reply_value(go_target_hear(&target), "returned"), 1);
    }
    CHECK_CONTAINS(last_words, "all faults are off; taking apart p:");
    CHECK_EQUAL(agent_end(&agent), 0);
    go_target_end(&target);
    go_target_end(&others);
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    network = network_create();
    echo_at(&network, SOCK_DGRAM, PORT);
    echo = connect_to(&network, SOCK_DGRAM, PEER4, PORT);
    RUN(ten_go_delays_and_a_network_delay_are_over_at_the_end_of_input);
    RUN(ten_go_delays_and_a_network_delay_are_over_at_sigterm);
    RUN(ten_go_delays_and_a_network_delay_are_over_at_sigkill);
    RUN(faults_are_over_though_requests_are_not);
    RUN(nothing_is_switched_on_any_more_once_the_end_has_come);
    RUN(an_agent_detaches_while_another_holds_a_call);
    RUN(an_agent_probes_while_another_holds_a_call);
    RUN(the_agent_itself_detaches_another_fault_meanwhile);
    RUN(who_waits_for_a_call_that_another_holds_says_so);
    network_destroy(&network);
    return check_summary();
}
