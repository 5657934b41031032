// SPDX-License-Identifier: Apache-2.0
/* io_uring of processes that were started with a listener, faulted through the keeper, which outlives agents. */
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "check.h"
#include "live.h"
#include "uring_target.h"

static char directory[] = "/tmp/chaos-keeper-XXXXXX";
static struct agent agent;
static struct uring_target target, other, setup_only, plain;
static pid_t keeper;

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static const char *attach_to(pid_t pid, const char *keys)
{
    return agent_ask(&agent, "attach id=f kind=iouringfault mechanism=seccomp pid=%d keeper=%s/control.sock %s", pid,
                     directory, keys);
}

static void begin(const char *keys)
{
    CHECK_CONTAINS(attach_to(target.pid, keys), " mechanism=seccomp");
    CHECK_CONTAINS(agent_ask(&agent, "on id=f"), "ok t_on_ns=");
}

static void end(void)
{
    CHECK_CONTAINS(agent_ask(&agent, "detach id=f"), "ok ");
}

static const char *ask(const struct uring_target *asked, const char *command)
{
    const char *answer = uring_target_ask(asked, command);
    return answer ? answer : "no answer";
}

static void rings_are_refused(void)
{
    begin("operation=setup action=error errno=ENOSYS");
    CHECK_CONTAINS(ask(&target, "read"), "setup=-38 ");
    CHECK_CONTAINS(ask(&target, "pread"), "result=4096");
    CHECK_CONTAINS(ask(&other, "read"), " result=4096 ");
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=f"), "hit"), 1);
    CHECK_CONTAINS(agent_ask(&agent, "off id=f"), "ok drained=0");
    CHECK_CONTAINS(ask(&target, "read"), " result=4096 ");
    end();
}

static void entering_is_refused(void)
{
    begin("operation=enter action=error errno=EBUSY");
    CHECK_CONTAINS(ask(&target, "read"), "enter=-16 ");
    CHECK_CONTAINS(ask(&other, "read"), " result=4096 ");
    end();
    CHECK_CONTAINS(ask(&target, "read"), " result=4096 ");
}

static void reads_fail_and_nothing_else(void)
{
    begin("operation=read action=error errno=EIO");
    CHECK_CONTAINS(ask(&target, "read"), " result=-5 ");
    CHECK_CONTAINS(ask(&target, "async read"), " result=-5 ");
    CHECK_CONTAINS(ask(&target, "write"), " result=4096 ");
    CHECK_CONTAINS(ask(&target, "pread"), "result=4096");
    CHECK_CONTAINS(ask(&other, "read"), " result=4096 ");
    const char *stats = agent_ask(&agent, "stats id=f");
    CHECK_EQUAL(reply_value(stats, "seen"), 3);
    CHECK_EQUAL(reply_value(stats, "matched"), 2);
    CHECK_EQUAL(reply_value(stats, "hit"), 2);
    CHECK_EQUAL(reply_value(stats, "skipped"), 0);
    end();
    CHECK_CONTAINS(ask(&target, "read"), " result=4096 ");
}

static void any_operation_can_fail(void)
{
    begin("operation=openat action=error errno=ENOSPC");
    CHECK_CONTAINS(ask(&target, "openat"), " result=-28 ");
    end();
    begin("operation=send action=error errno=ETIMEDOUT");
    CHECK_CONTAINS(ask(&target, "send"), " result=-110 ");
    end();
    begin("operation=nop action=error errno=EOWNERDEAD");
    CHECK_CONTAINS(ask(&target, "nop"), " result=-130 ");
    end();
}

/* The submission queue's array says which entry it is. */
static void the_entry_that_is_submitted_is_meant(void)
{
    begin("operation=read action=drop");
    CHECK_CONTAINS(ask(&target, "aside read"), " result=none ");
    CHECK_CONTAINS(ask(&target, "aside write"), " result=4096 ");
    end();
}

/* Since it started, not since it is faulted: a program may ask for its ring once. */
static void who_asks_for_no_ring_is_known(void)
{
    struct uring_target ringless = uring_target_launch(directory, true);
    CHECK_CONTAINS(ask(&ringless, "pread"), "result=4096"); /* it runs, so the keeper has its listener */
    CHECK_CONTAINS(attach_to(ringless.pid, "operation=read action=drop"), " mechanism=seccomp");
    CHECK_CONTAINS(agent_ask(&agent, "on id=f"), "ok ");
    CHECK_CONTAINS(agent_ask(&agent, "off id=f"), "ok ");
    CHECK_CONTAINS(agent_ask(&agent, "stats id=f"), " rings=0");
    CHECK_CONTAINS(ask(&ringless, "read"), " result=4096 ");
    CHECK_CONTAINS(agent_ask(&agent, "on id=f"), "ok ");
    CHECK_CONTAINS(agent_ask(&agent, "off id=f"), "ok ");
    CHECK_CONTAINS(agent_ask(&agent, "stats id=f"), " rings=1");
    end();
    uring_target_end(&ringless);
}

/* What cannot be told apart is left alone: to take it for a plain ring would damage what is submitted. */
static void rings_of_other_sizes_are_left_alone(void)
{
    struct uring_target wide = uring_target_launch(directory, true);
    CHECK_CONTAINS(ask(&wide, "nop"), " result=0 "); /* it runs, so the keeper has its listener */
    CHECK_CONTAINS(attach_to(wide.pid, "operation=read action=drop"), " mechanism=seccomp");
    CHECK_CONTAINS(agent_ask(&agent, "on id=f"), "ok ");
    CHECK_CONTAINS(ask(&wide, "read"), " result=none ");
    CHECK_CONTAINS(ask(&wide, "wide read"), " result=4096 ");
    CHECK_CONTAINS(ask(&wide, "read"), " result=4096 ");
    const char *stats = agent_ask(&agent, "stats id=f");
    CHECK_EQUAL(reply_value(stats, "hit"), 1);
    CHECK_EQUAL(reply_value(stats, "skipped"), 2);
    end();
    uring_target_end(&wide);
}

static void the_nth_call_alone(void)
{
    begin("operation=setup action=error errno=EPERM after=1 count=1");
    CHECK_CONTAINS(ask(&target, "read"), "setup=0 ");
    CHECK_CONTAINS(ask(&target, "read"), "setup=-1 ");
    CHECK_CONTAINS(ask(&target, "read"), "setup=0 ");
    end();
}

static void completions_come_late(void)
{
    begin("operation=read action=delay latency_us=200000");
    const char *answer = ask(&target, "read");
    CHECK_CONTAINS(answer, " result=4096 ");
    CHECK(reply_value(answer, "us") >= 200000);
    CHECK(reply_value(ask(&target, "write"), "us") < 200000);
    const char *stats = agent_ask(&agent, "stats id=f");
    CHECK(reply_value(stats, "delay_hist") >= 190000); /* the lower bound of a bucket of 6 % */
    printf("    asked for 200 ms, held %s\n", strstr(stats, "delay_hist"));
    end();
}

static void completions_are_lost(void)
{
    begin("operation=read action=drop");
    CHECK_CONTAINS(ask(&target, "read"), "enter=1 result=none ");
    CHECK_CONTAINS(ask(&target, "write"), " result=4096 ");
    end();
    CHECK_CONTAINS(ask(&target, "read"), " result=4096 ");
}

/* While it is held it does not answer: what it says comes after. */
static void off_lets_go_what_is_held(void)
{
    begin("operation=read action=delay latency_us=60000000");
    dprintf(target.in, "read\n");
    usleep(300000);
    double start = now_ms();
    CHECK_CONTAINS(agent_ask(&agent, "off id=f"), "ok drained=1");
    CHECK_CONTAINS(uring_target_next(&target), " result=4096 ");
    CHECK(now_ms() - start < 1000);
    end();
}

static void kill_of_the_agent_lets_go_what_is_held(void)
{
    begin("operation=read action=delay latency_us=60000000");
    dprintf(target.in, "read\n");
    usleep(300000);
    double start = now_ms();
    kill(agent.pid, SIGKILL);
    agent_wait(&agent);
    CHECK_CONTAINS(uring_target_next(&target), " result=4096 ");
    printf("    a held call went on %.1f ms after kill -9\n", now_ms() - start);
    CHECK(now_ms() - start < 1000);
    CHECK_CONTAINS(ask(&target, "read"), " result=4096 ");
    agent = agent_start(NULL);
    begin("operation=setup action=error errno=ENOSYS");
    CHECK_CONTAINS(ask(&target, "read"), "setup=-38 ");
    end();
}

static void what_cannot_be_is_refused_and_says_how(void)
{
    CHECK_CONTAINS(attach_to(plain.pid, "operation=setup action=error errno=EPERM"), "code=no_listener ");
    CHECK_CONTAINS(attach_to(setup_only.pid, "operation=enter action=error errno=EBUSY"), "code=narrow_listener ");
    CHECK_CONTAINS(agent_ask(&agent,
                             "attach id=f kind=iouringfault mechanism=seccomp pid=%d keeper=/nowhere operation=setup "
                             "action=error errno=1",
                             target.pid),
                   "the%20keeper%20at%20/nowhere");
    CHECK_CONTAINS(
        agent_ask(&agent, "attach id=f kind=iouringfault mechanism=seccomp pid=%d operation=setup action=error errno=1",
                  plain.pid),
        "code=no_keeper ");
    CHECK_CONTAINS(agent_ask(&agent, "list"), "ok ids=");
    CHECK_TEXT(agent_ask(&agent, "list"), "ok ids=");
}

static void a_listener_for_rings_alone_serves_these(void)
{
    CHECK_CONTAINS(attach_to(setup_only.pid, "operation=setup action=error errno=EPERM"), " mechanism=seccomp");
    CHECK_CONTAINS(agent_ask(&agent, "on id=f"), "ok ");
    CHECK_CONTAINS(ask(&setup_only, "read"), "setup=-1 ");
    end();
    CHECK_CONTAINS(ask(&setup_only, "read"), " result=4096 ");
}

static void an_operation_that_the_kernel_lacks_is_refused_by_name(void)
{
    const char *reply = attach_to(target.pid, "operation=uring_cmd128 action=drop");
    if (!strncmp(reply, "ok ", 3)) {
        printf("    this kernel has uring_cmd128\n");
        end();
    } else {
        CHECK_CONTAINS(reply, "operation%3During_cmd128:%20this%20kernel");
    }
    CHECK(reply != NULL);
}

static void test_all(void)
{
    RUN(rings_are_refused);
    RUN(entering_is_refused);
    RUN(the_nth_call_alone);
    RUN(completions_come_late);
    RUN(completions_are_lost);
    RUN(the_entry_that_is_submitted_is_meant);
    RUN(rings_of_other_sizes_are_left_alone);
    RUN(who_asks_for_no_ring_is_known);
    RUN(off_lets_go_what_is_held);
    RUN(kill_of_the_agent_lets_go_what_is_held);
    RUN(what_cannot_be_is_refused_and_says_how);
    RUN(a_listener_for_rings_alone_serves_these);
    RUN(an_operation_that_the_kernel_lacks_is_refused_by_name);
    RUN(reads_fail_and_nothing_else);
    RUN(any_operation_can_fail);
}

int main(void)
{
    if (!mkdtemp(directory))
        return 1;
    keeper = uring_keeper_start(directory);
    agent = agent_start(NULL);
    usleep(300000); /* the keeper's sockets */
    target = uring_target_launch(directory, true);
    other = uring_target_launch(directory, true);
    setup_only = uring_target_launch(directory, false);
    plain = uring_target_start(NULL);
    CHECK_CONTAINS(ask(&target, "read"), " result=4096 "); /* it runs, so the keeper has its listener */
    CHECK_CONTAINS(ask(&setup_only, "read"), " result=4096 ");
    CHECK_CONTAINS(agent_ask(&agent, "probe"), " uring_seccomp=yes");
    printf("mechanism: seccomp user notification\n");
    test_all();
    uring_target_end(&target);
    uring_target_end(&other);
    uring_target_end(&setup_only);
    uring_target_end(&plain);
    agent_end(&agent);
    uring_keeper_end(keeper, directory);
    return check_summary();
}
