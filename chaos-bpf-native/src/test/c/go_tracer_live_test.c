// SPDX-License-Identifier: Apache-2.0
/* Delays by a tracer: what it must not harm, whatever becomes of it, of the helper, or of the program. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "clock.h"
#include "go_target.h"
#include "live.h"
#include "programs.h"

#define LATENCY_US 20000
#define LONGER_US 150000

static struct agent agent;
static struct go_target target;

static const char *attach(const char *id, const char *function, int latency_us)
{
    return agent_ask(&agent, "attach id=%s kind=godelay mechanism=tracer pid=%d function=%s latency_us=%d", id,
                     target.pid, function, latency_us);
}

static void delay_on(const char *id, const char *function, int latency_us)
{
    CHECK_CONTAINS(attach(id, function, latency_us), " mechanism=uprobe%20and%20tracer,");
    CHECK_CONTAINS(agent_ask(&agent, "on id=%s", id), "ok ");
}

static void begin(const char *variant)
{
    agent = agent_start(NULL);
    target = go_target_start(variant);
}

static void end(void)
{
    CHECK_EQUAL(agent_end(&agent), 0);
    go_target_end(&target);
}

/* Of a process, as /proc/PID/status has it; -1 when it has gone. */
static int status_number(pid_t pid, const char *key)
{
    char path[64], line[256], format[64];
    int number = -1;
    snprintf(path, sizeof path, "/proc/%d/status", pid);
    snprintf(format, sizeof format, "%s: %%d", key);
    FILE *status = fopen(path, "re");
    while (status && fgets(line, sizeof line, status) && sscanf(line, format, &number) != 1)
        ;
    if (status)
        fclose(status);
    return number;
}

static pid_t tracer_of_target(void)
{
    return status_number(target.pid, "TracerPid");
}

static void check_let_go(void)
{
    for (int wait = 0; tracer_of_target() && wait < 100; wait++)
        sleep_ms(20);
    CHECK_EQUAL(tracer_of_target(), 0);
}

/* ---- calls that are held ---- */

/* Pointers to the heap and to the stack, strings and floating point numbers, while stacks grow and shrink. */
static void check_right_under_stress(const char *variant, const char *calls, const char *function, int count)
{
    setenv("GOGC", "1", 1);
    begin(variant);
    unsetenv("GOGC");
    delay_on("d", function, 2000);
    const char *answer = go_target_ask(&target, "call %s %d 20 beside=gc", calls, count / 20);
    CHECK_EQUAL(reply_value(answer, "returned"), count);
    CHECK_EQUAL(reply_value(answer, "wrong"), 0);
    CHECK(reply_value(answer, "p50_us") >= 2000);
    const char *stats = agent_ask(&agent, "stats id=d");
    CHECK_EQUAL(reply_value(stats, "hit"), count);
    CHECK_EQUAL(reply_value(stats, "unfit"), 0);
    CHECK_EQUAL(hist_total(stats, "delay_hist"), count);
    end();
}

static void two_thousand_calls_are_right_that_slept_beside_the_collector(void)
{
    check_right_under_stress("probed", "pointing", "main.pointed", 2000);
    check_right_under_stress("probed-pie", "pointing", "main.pointed", 200);
    check_right_under_stress("probed-stripped", "pointing", "main.pointed", 200);
}

static void calls_are_right_that_gave_way_beside_the_collector(void)
{
    check_right_under_stress("probed", "closure", "main.closure.func1", 400);
    check_right_under_stress("probed-pie", "nosplit", "main.nosplit", 200);
}

static void goroutines_sleep_or_where_that_is_not_possible_give_way(void)
{
    begin("probed");
    CHECK_CONTAINS(attach("a", "main.framed", LATENCY_US), "tracer,%20sleep");
    CHECK_CONTAINS(attach("b", "main.closure.func1", LATENCY_US), "tracer,%20yield%20loop");
    CHECK_CONTAINS(attach("c", "main.leaf", LATENCY_US), "main.leaf%20has%20no%20frame");
    end();
}

static void held_goroutines_leave_their_processor_to_others(void)
{
    setenv("GOMAXPROCS", "1", 1);
    begin("probed");
    unsetenv("GOMAXPROCS");
    delay_on("d", "main.framed", 1000000);
    go_target_tell(&target, "call framed 1 8 beside=gc");
    CHECK(go_target_hears_within(&target, 3000)); /* one after the other they would take 8 s */
    CHECK_EQUAL(reply_value(go_target_hear(&target), "returned"), 8);
    end();
}

/* ---- several of them ---- */

static void faults_of_one_process_share_a_tracer(void)
{
    begin("probed");
    delay_on("a", "main.framed", LATENCY_US);
    pid_t first = tracer_of_target();
    delay_on("b", "main.(*counter).add", LATENCY_US);
    delay_on("c", "main.framed", LONGER_US);
    CHECK(first > 0 && tracer_of_target() > 0);
    CHECK(reply_value(go_target_ask(&target, "call method 5 1"), "p50_us") >= LATENCY_US);
    CHECK(reply_value(go_target_ask(&target, "call framed 5 1"), "p50_us") >= LONGER_US);
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=a"), "hit"), 5);
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=c"), "hit"), 5);
    CHECK_CONTAINS(agent_ask(&agent, "detach id=c"), "ok ");
    long long p50 = reply_value(go_target_ask(&target, "call framed 5 1"), "p50_us");
    CHECK(p50 >= LATENCY_US && p50 < LONGER_US);
    CHECK_CONTAINS(agent_ask(&agent, "detach id=a"), "ok ");
    CHECK_CONTAINS(agent_ask(&agent, "detach id=b"), "ok ");
    CHECK_EQUAL(programs_left_of(agent.pid), 0);
    check_let_go();
    end();
}

static void a_panic_goes_through_the_tracer(void)
{
    begin("probed");
    delay_on("d", "main.(*counter).add", LATENCY_US);
    CHECK_CONTAINS(agent_ask(&agent, "attach id=p kind=gopanic pid=%d function=main.framed", target.pid), "ok ");
    CHECK_CONTAINS(agent_ask(&agent, "on id=p"), "ok ");
    CHECK_EQUAL(reply_value(go_target_ask(&target, "call framed 100 2"), "recovered"), 200);
    end();
}

/* One fault is taken apart while the next one looks who traces: our own tracer on its way out is nobody else's. */
static void a_panic_may_follow_a_delay_at_once(void)
{
    begin("probed");
    for (int i = 0; i < 100; i++) {
        /* On a busy machine the kernel closes probes so late that there is no place for one more. */
        const char *reply = attach("d", "main.framed", LATENCY_US);
        for (int tries = 0; tries < 200 && strstr(reply, "can%20be%20traced"); tries++) {
            sleep_ms(50);
            reply = attach("d", "main.framed", LATENCY_US);
        }
        CHECK_CONTAINS(reply, "ok ");
        CHECK_CONTAINS(agent_ask(&agent, "detach id=d"), "ok ");
        CHECK_CONTAINS(agent_ask(&agent, "attach id=p kind=gopanic pid=%d function=main.framed", target.pid), "ok ");
        CHECK_CONTAINS(agent_ask(&agent, "detach id=p"), "ok ");
    }
    end();
}

/* ---- others that trace ---- */

static void where_a_debugger_is_already_calls_are_held_by_spinning_and_the_reason_is_told(void)
{
    char by[64];
    begin("probed");
    CHECK(!ptrace(PTRACE_SEIZE, target.pid, 0, 0));
    const char *reply = agent_ask(&agent, "attach id=d kind=godelay pid=%d function=main.closure.func1 latency_us=%d",
                                  target.pid, LATENCY_US);
    snprintf(by, sizeof by, "is%%20traced%%20by%%20process%%20%d", getpid());
    CHECK_CONTAINS(reply, "mechanism=uprobe,%20spinning");
    CHECK_CONTAINS(reply, by);
    CHECK_CONTAINS(attach("e", "main.framed", LATENCY_US), by);
    end();
}

/* ---- ends ---- */

static void a_program_that_ends_is_not_kept(void)
{
    begin("probed");
    delay_on("d", "main.framed", 10000000);
    pid_t tracer = tracer_of_target();
    go_target_tell(&target, "call framed 1 4");
    CHECK(!go_target_hears_within(&target, 50));
    uint64_t start = clock_now_ns();
    go_target_end(&target);
    CHECK(clock_now_ns() - start < 2000000000);
    CHECK_CONTAINS(agent_ask(&agent, "stats id=d"), "ok mode=on");
    CHECK_CONTAINS(agent_ask(&agent, "detach id=d"), "ok ");
    CHECK_EQUAL(agent_end(&agent), 0);
    CHECK_EQUAL(status_number(tracer, "Pid"), -1);
}

/* The same file and the same function at another address: what is known of the old program would break it. */
static void a_program_that_begins_anew_in_its_process_is_let_go(void)
{
    begin("probed-pie");
    delay_on("d", "main.framed", LONGER_US);
    CHECK(reply_value(go_target_ask(&target, "call framed 5 1"), "p50_us") >= LONGER_US);
    go_target_tell(&target, "exec");
    check_let_go();
    const char *answer = go_target_ask(&target, "call framed 50 2");
    CHECK_EQUAL(reply_value(answer, "returned"), 100);
    CHECK(reply_value(answer, "p50_us") < LONGER_US);
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=d"), "hit"), 5);
    end();
}

/* A stream of calls, several of which are held at any time. */
static void hold_many(void)
{
    begin("probed");
    delay_on("d", "main.framed", LATENCY_US);
    delay_on("e", "main.closure.func1", LATENCY_US);
    CHECK_CONTAINS(go_target_ask(&target, "begin closure"), "ok");
    go_target_tell(&target, "call framed 40 8 beside=gc");
    CHECK(!go_target_hears_within(&target, 100));
}

static void check_all_right(void)
{
    CHECK(go_target_hears_within(&target, 10000));
    const char *answer = go_target_hear(&target);
    CHECK_EQUAL(reply_value(answer, "returned"), 320);
    CHECK_EQUAL(reply_value(answer, "wrong"), 0);
    CHECK_EQUAL(reply_value(go_target_ask(&target, "end"), "wrong"), 0);
}

static void all_answers_are_right_when_the_helper_is_killed(void)
{
    for (int i = 0; i < 3; i++) {
        hold_many();
        kill(agent.pid, SIGKILL);
        agent_wait(&agent);
        check_all_right();
        check_let_go();
        go_target_end(&target);
    }
}

static void all_answers_are_right_when_the_tracer_is_killed(void)
{
    hold_many();
    kill(tracer_of_target(), SIGKILL);
    check_all_right();
    uint64_t hit = (uint64_t)reply_value(agent_ask(&agent, "stats id=d"), "hit");
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=d"), "tracer_killed_by"), SIGKILL);
    CHECK_EQUAL(reply_value(go_target_ask(&target, "call framed 50 2"), "returned"), 100);
    const char *stats = agent_ask(&agent, "stats id=d");
    CHECK_EQUAL(reply_value(stats, "hit"), (long long)hit);
    CHECK(reply_value(stats, "unfit") >= 100);
    end();
}

/* Every signal to a traced program waits for its tracer, and the collector's work is done by signals. */
static void a_stopped_helper_does_not_stop_the_program(void)
{
    hold_many();
    kill(agent.pid, SIGSTOP);
    check_all_right();
    CHECK_CONTAINS(go_target_ask(&target, "gc 100"), "ok cycles=");
    kill(agent.pid, SIGCONT);
    end();
}

static void a_stopped_program_stays_stopped_and_goes_on(void)
{
    hold_many();
    kill(target.pid, SIGSTOP);
    CHECK(!go_target_hears_within(&target, 300));
    kill(target.pid, SIGCONT);
    check_all_right();
    end();
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    setenv("CHAOS_LEASE_MS", "2000", 0); /* or a busy machine lets calls pass */
    begin("probed");
    int refused = go_target_mechanism(attach("d", "main.framed", 1));
    end();
    if (refused)
        return 1;
    RUN(two_thousand_calls_are_right_that_slept_beside_the_collector);
    RUN(calls_are_right_that_gave_way_beside_the_collector);
    RUN(goroutines_sleep_or_where_that_is_not_possible_give_way);
    RUN(held_goroutines_leave_their_processor_to_others);
    RUN(faults_of_one_process_share_a_tracer);
    RUN(a_panic_goes_through_the_tracer);
    RUN(a_panic_may_follow_a_delay_at_once);
    RUN(where_a_debugger_is_already_calls_are_held_by_spinning_and_the_reason_is_told);
    RUN(a_program_that_ends_is_not_kept);
    RUN(a_program_that_begins_anew_in_its_process_is_let_go);
    RUN(all_answers_are_right_when_the_helper_is_killed);
    RUN(all_answers_are_right_when_the_tracer_is_killed);
    RUN(a_stopped_helper_does_not_stop_the_program);
    RUN(a_stopped_program_stays_stopped_and_goes_on);
    return check_summary();
}
