// SPDX-License-Identifier: Apache-2.0
/*
 * io_uring of a running process, faulted by trampolines. A kernel that has none must say so, by errno; that is all that
 * is tested there, and `refused:` is printed.
 */
#include <signal.h>
#include <stdbool.h>
#include <unistd.h>

#include "check.h"
#include "clock.h"
#include "go_target.h"
#include "live.h"
#include "uring_target.h"

static struct agent agent;
static struct uring_target target, other;

static const char *attach(const char *keys)
{
    return agent_ask(&agent, "attach id=f kind=iouringfault mechanism=trampolines pid=%d %s", target.pid, keys);
}

static void begin(const char *keys)
{
    CHECK_CONTAINS(attach(keys), " mechanism=trampolines");
    CHECK_CONTAINS(agent_ask(&agent, "on id=f"), "ok t_on_ns=");
}

static void end(void)
{
    CHECK_CONTAINS(agent_ask(&agent, "detach id=f"), "ok ");
}

static void answers(const struct uring_target *asked, const char *command, const char *expected)
{
    const char *answer = uring_target_ask(asked, command);
    CHECK_CONTAINS(answer ? answer : "no answer", expected);
}

static void reads_fail_and_nothing_else(void)
{
    begin("operation=read action=error errno=EIO");
    answers(&target, "read", " result=-5 ");
    answers(&target, "async read", " result=-5 ");
    answers(&target, "write", " result=4096 ");
    answers(&target, "pread", "result=4096");
    answers(&other, "read", " result=4096 ");
    const char *stats = agent_ask(&agent, "stats id=f");
    CHECK_EQUAL(reply_value(stats, "matched"), 2);
    CHECK_EQUAL(reply_value(stats, "hit"), 2);
    end();
    answers(&target, "read", " result=4096 ");
}

static void opens_fail(void)
{
    begin("operation=openat action=error errno=ENOSPC");
    answers(&target, "openat", " result=-28 ");
    answers(&target, "read", " result=4096 ");
    end();
}

static void sends_fail(void)
{
    begin("operation=send action=error errno=ETIMEDOUT");
    answers(&target, "send", " result=-110 ");
    end();
    answers(&target, "send", " result=1 ");
}

static void the_nth_read_fails_alone(void)
{
    begin("operation=read action=error errno=EIO after=1 count=1");
    answers(&target, "read", " result=4096 ");
    answers(&target, "read", " result=-5 ");
    answers(&target, "read", " result=4096 ");
    end();
}

static void reads_come_late(void)
{
    begin("operation=read action=delay latency_us=200000");
    const char *answer = uring_target_ask(&target, "read");
    CHECK_CONTAINS(answer ? answer : "no answer", " result=4096 ");
    CHECK(reply_value(answer ? answer : "", "us") >= 200000);
    answers(&target, "write", " result=4096 ");
    const char *stats = agent_ask(&agent, "stats id=f");
    CHECK_EQUAL(reply_value(stats, "hit"), 1);
    CHECK(hist_quantile(stats, "delay_hist", 1) >= 200000 * 15 / 16); /* the width of a bucket */
    end();
}

/* security_uring_allowed is of Linux 6.16; without it a listener would be needed. */
static void rings_are_refused_where_the_kernel_asks(void)
{
    const char *reply = attach("operation=setup action=error errno=ENOSYS");
    if (strncmp(reply, "ok ", 3)) {
        CHECK_CONTAINS(reply, "uringsetup");
        printf("    setup refused: %s\n", reply);
        return;
    }
    CHECK_CONTAINS(agent_ask(&agent, "on id=f"), "ok ");
    answers(&target, "read", "setup=-38 ");
    answers(&other, "read", " result=4096 ");
    end();
    answers(&target, "read", " result=4096 ");
}

static void what_it_cannot_do_is_refused(void)
{
    CHECK_CONTAINS(attach("operation=nop action=error errno=EIO"), "passes%20no%20hook");
    CHECK_CONTAINS(attach("operation=read action=drop"), "cannot%20be%20dropped%20by%20trampolines");
    CHECK_CONTAINS(attach("operation=read action=delay latency_us=600000 jitter_us=400001"), "for%201%20s%20at%20most");
    CHECK_CONTAINS(
        agent_ask(&agent,
                  "attach id=f kind=iouringfault mechanism=trampolines pid=%d operation=read action=error errno=EIO",
                  getpid()),
        "own%20pid%20namespace");
}

static void is_gone_with_the_agent(void)
{
    begin("operation=read action=error errno=EIO");
    answers(&target, "read", " result=-5 ");
    kill(agent.pid, SIGKILL);
    agent_wait(&agent);
    answers(&target, "read", " result=4096 ");
    agent = agent_start(NULL);
}

/* Start targets, one after the other, which must all read; whether one of them had a namespace of this number. */
static bool is_used_again(ino_t number)
{
    bool again = false;
    for (int i = 0; i < 8 && !again; i++) {
        struct uring_target next = uring_target_start(NULL);
        again = uring_target_namespace(&next) == number;
        answers(&next, "read", " result=4096 ");
        uring_target_end(&next);
    }
    return again;
}

/* The kernel gives a namespace's number to the next one: not while a fault goes by it. */
static void who_comes_after_a_target_that_died_is_not_hit(void)
{
    struct uring_target dies = uring_target_start(NULL);
    ino_t number = uring_target_namespace(&dies);
    uring_target_end(&dies);
    CHECK(is_used_again(number));

    dies = uring_target_start(NULL);
    number = uring_target_namespace(&dies);
    CHECK_CONTAINS(agent_ask(&agent,
                             "attach id=f kind=iouringfault mechanism=trampolines pid=%d operation=read action=error "
                             "errno=EIO",
                             dies.pid),
                   " mechanism=trampolines");
    CHECK_CONTAINS(agent_ask(&agent, "on id=f"), "ok t_on_ns=");
    answers(&dies, "read", " result=-5 ");
    uring_target_end(&dies);
    CHECK(!is_used_again(number));
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=f"), "hit"), 1);
    end();
    uint64_t until = clock_now_ns() + 20000000000ull; /* it is let go beside requests, once the links are closed */
    bool again = false;
    while (!again && clock_now_ns() < until)
        again = is_used_again(number);
    CHECK(again);
}

static void the_refusal_names_the_errno(void)
{
    const char *reply = attach("operation=read action=error errno=EIO");
    CHECK_CONTAINS(reply, "error code=");
    CHECK_CONTAINS(reply, "uringissue");
    answers(&target, "read", " result=4096 ");
}

static void test_all(void)
{
    printf("mechanism: trampolines (fmod_ret)\n");
    RUN(reads_fail_and_nothing_else);
    RUN(opens_fail);
    RUN(sends_fail);
    RUN(the_nth_read_fails_alone);
    RUN(reads_come_late);
    RUN(rings_are_refused_where_the_kernel_asks);
    RUN(what_it_cannot_do_is_refused);
    RUN(who_comes_after_a_target_that_died_is_not_hit);
    RUN(is_gone_with_the_agent);
}

int main(void)
{
    agent = agent_start(NULL);
    target = uring_target_start(NULL);
    other = uring_target_start(NULL);
    const char *probe = strstr(agent_ask(&agent, "probe"), " uring_trampolines=");
    if (!strncmp(probe, " uring_trampolines=yes", 22)) {
        test_all();
    } else {
        printf("refused: %.60s\n", probe + strlen(" uring_trampolines=no:"));
        RUN(the_refusal_names_the_errno);
    }
    uring_target_end(&target);
    uring_target_end(&other);
    agent_end(&agent);
    return check_summary();
}
