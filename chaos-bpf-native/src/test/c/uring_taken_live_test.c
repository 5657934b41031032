// SPDX-License-Identifier: Apache-2.0
/* Operations that are late by themselves: they hold neither the call that submits them nor each other. */
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "live.h"
#include "uring_target.h"

#define LATE_US 200000

static char directory[] = "/tmp/chaos-keeper-XXXXXX";
static struct agent agent;
static struct uring_target target, other;
static pid_t keeper;

static void begin(const char *keys)
{
    CHECK_CONTAINS(agent_ask(&agent, "attach id=f kind=iouringfault mechanism=seccomp pid=%d keeper=%s/control.sock %s",
                             target.pid, directory, keys),
                   " mechanism=seccomp");
    CHECK_CONTAINS(agent_ask(&agent, "on id=f"), "ok t_on_ns=");
}

static void delay(const char *operation)
{
    char keys[80];
    snprintf(keys, sizeof keys, "operation=%s action=delay latency_us=%d", operation, LATE_US);
    begin(keys);
}

static void end(long long taken, long long held)
{
    const char *stats = agent_ask(&agent, "stats id=f");
    CHECK_EQUAL(reply_value(stats, "taken"), taken);
    CHECK_EQUAL(reply_value(stats, "held"), held);
    CHECK_CONTAINS(agent_ask(&agent, "detach id=f"), "ok ");
}

static const char *ask(const struct uring_target *asked, const char *command)
{
    const char *answer = uring_target_ask(asked, command);
    return answer ? answer : "no answer";
}

/* Neither the call that submits it nor what is submitted with it. */
static bool holds_nothing(const char *answer)
{
    long long us = reply_value(answer, "us"), early = us - LATE_US / 10;
    bool good = reply_value(answer, "enter_us") > 0 && reply_value(answer, "enter_us") < early &&
                reply_value(answer, "nop_us") < early;
    if (!good)
        printf("    %s\n", answer);
    return good;
}

#define TRIES 5 /* on a busy machine any call may take as long as what is late: once at least it does not */

/* Sooner than anything late. */
static bool is_prompt(const struct uring_target *asked, const char *command)
{
    for (int i = 0; i < TRIES; i++)
        if (reply_value(ask(asked, command), "us") < LATE_US)
            return true;
    return false;
}

static bool is_late_alone(const char *operation, const char *command, int result, int least_us)
{
    delay(operation);
    const char *answer = ask(&target, command);
    if (reply_value(answer, "us") < least_us || reply_value(answer, "result") != result)
        printf("    %s: %s\n", command, answer);
    CHECK_EQUAL(reply_value(answer, "result"), result);
    CHECK_EQUAL(reply_value(answer, "right"), 1);
    CHECK(reply_value(answer, "us") >= least_us);
    bool good = holds_nothing(answer);
    CHECK(is_prompt(&other, command));
    end(1, 0);
    return good;
}

static void comes_late_alone(const char *operation, const char *command, int result, int least_us)
{
    bool good = false;
    for (int i = 0; i < TRIES && !good; i++)
        good = is_late_alone(operation, command, result, least_us);
    CHECK(good);
    CHECK(is_prompt(&target, command));
}

static void operations_come_late_and_hold_nothing(void)
{
    const int all = 29; /* bytes */
    comes_late_alone("read", "ring late read", all, LATE_US);
    comes_late_alone("readv", "ring late readv", all, LATE_US);
    comes_late_alone("write", "ring late write", all, LATE_US);
    comes_late_alone("writev", "ring late writev", all, LATE_US);
    comes_late_alone("recv", "ring late recv", all, LATE_US);
    comes_late_alone("recvmsg", "ring late recvmsg", all, LATE_US);
    comes_late_alone("send", "ring late send", all, LATE_US);
    comes_late_alone("sendmsg", "ring late sendmsg", all, LATE_US);
    comes_late_alone("fsync", "ring late fsync", 0, LATE_US);
    comes_late_alone("poll_add", "ring late poll", 1, LATE_US);
    comes_late_alone("timeout", "ring late timeout", -ETIME, LATE_US + 50000);
    comes_late_alone("read", "ring late pipe", all, LATE_US);
}

static void delays_run_side_by_side(void)
{
    delay("recv");
    const char *answer = ask(&target, "ring many 100");
    printf("    100 receives, each 200 ms late: %lld us\n", reply_value(answer, "us"));
    CHECK_EQUAL(reply_value(answer, "right"), 100);
    CHECK(reply_value(answer, "us") >= LATE_US && reply_value(answer, "us") < 100 * LATE_US / 4);
    printf("    %s\n", strstr(agent_ask(&agent, "stats id=f"), "err_hist"));
    end(100, 0);
}

static void errors_come_late(void)
{
    bool good = false;
    for (int i = 0; i < TRIES && !good; i++) {
        begin("operation=read action=error errno=EIO latency_us=200000");
        const char *answer = ask(&target, "ring late read");
        CHECK_EQUAL(reply_value(answer, "result"), -EIO);
        CHECK(reply_value(answer, "us") >= LATE_US);
        good = holds_nothing(answer);
        end(1, 0);
    }
    CHECK(good);
}

static void cancels(const char *operation, const char *command)
{
    delay(operation);
    CHECK_TEXT(ask(&target, command), "cancel=0 result=-125");
    end(1, 0);
}

static void what_was_taken_can_be_cancelled(void)
{
    cancels("recv", "ring cancel recv");
    cancels("read", "ring cancel read");
    cancels("poll_add", "ring cancel poll");
    cancels("timeout", "ring cancel timeout");
    delay("recv");
    CHECK_TEXT(ask(&target, "ring twice"), "first=-125 second=29 right=1");
    end(2, 0);
}

static void what_has_a_place_in_an_order_is_held(void)
{
    delay("write");
    CHECK_TEXT(ask(&target, "ring chain"), "result=29 next=29 last=1 right=1");
    end(0, 1);
    delay("read");
    CHECK_TEXT(ask(&target, "ring chain"), "result=29 next=29 last=1 right=1");
    CHECK_CONTAINS(ask(&target, "ring fixed"), "result=29 next=0 ");
    end(0, 2);
    begin("operation=write action=error errno=EIO latency_us=1000");
    const char *answer = ask(&target, "ring chain");
    if (reply_value(agent_ask(&agent, "stats id=f"), "skipped") == 0) /* this kernel can make an operation fail */
        CHECK_CONTAINS(answer, "result=-5 next=-125 ");
    else
        CHECK_CONTAINS(answer, "result=29 next=29 ");
    CHECK_CONTAINS(agent_ask(&agent, "detach id=f"), "ok ");
}

/* While it waits for its completions it does not answer: what it says comes after. */
static void off_ends_the_delay_of_what_is_taken(void)
{
    begin("operation=recv action=delay latency_us=60000000");
    dprintf(target.in, "ring late recv\n");
    usleep(300000);
    CHECK_CONTAINS(agent_ask(&agent, "off id=f"), "ok drained=1");
    const char *answer = uring_target_next(&target);
    CHECK_CONTAINS(answer, " result=29 right=1");
    CHECK(reply_value(answer, "us") < 2000000);
    end(1, 0);
}

static void kill_of_the_agent_loses_nothing(void)
{
    begin("operation=recv action=delay latency_us=60000000");
    dprintf(target.in, "ring many 100\n");
    usleep(300000);
    kill(agent.pid, SIGKILL);
    agent_wait(&agent);
    CHECK_CONTAINS(uring_target_next(&target), "right=100 ");
    agent = agent_start(NULL);
    CHECK_CONTAINS(ask(&target, "ring late recv"), " result=29 right=1");
}

/* As the JVM is of its agent: that ends with it. */
static void kill_of_the_agents_parent_loses_nothing(void)
{
    char parent[16];
    agent_end(&agent);
    pid_t pid = fork();
    if (pid == 0) {
        pause();
        _exit(0);
    }
    snprintf(parent, sizeof parent, "%d", pid);
    agent = agent_start(parent);
    begin("operation=recv action=delay latency_us=60000000");
    dprintf(target.in, "ring many 100\n");
    usleep(300000);
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    CHECK_CONTAINS(uring_target_next(&target), "right=100 ");
    agent_wait(&agent);
    agent = agent_start(NULL);
    CHECK_CONTAINS(ask(&target, "ring late recv"), " result=29 right=1");
}

static int descriptors_of(pid_t pid)
{
    char path[64];
    int n = 0;
    snprintf(path, sizeof path, "/proc/%d/fd", pid);
    DIR *all = opendir(path);
    while (all && readdir(all))
        n++;
    if (all)
        closedir(all);
    return n;
}

/* Once what came before is done with. */
static int settled_descriptors(void)
{
    int before = -1, now = descriptors_of(keeper);
    for (int i = 0; i < 20 && now != before; i++) {
        before = now;
        sleep_ms(200);
        now = descriptors_of(keeper);
    }
    return now;
}

static void falls_back_to(int descriptors)
{
    for (int ms = 0; ms < 5000 && descriptors_of(keeper) > descriptors; ms += 10)
        sleep_ms(10);
    CHECK_EQUAL(descriptors_of(keeper), descriptors);
}

static void what_nobody_waits_for_is_let_go(void)
{
    delay("recv");
    int before = settled_descriptors();
    CHECK_TEXT(ask(&target, "ring idle"), "closed=0");
    CHECK(descriptors_of(keeper) > before);
    falls_back_to(before);
    dprintf(target.in, "ring leave\n");
    usleep(100000);
    CHECK(descriptors_of(keeper) > before);
    end(2, 0);
    uring_target_end(&target);
    target = uring_target_launch(directory, true);
    CHECK_CONTAINS(ask(&target, "ring late recv"), " result=29 ");
    falls_back_to(before - 2); /* without the fault's connection and the namespace that it holds */
}

/* What our own ring completes interrupts the keeper wherever it is. */
static void a_keeper_that_has_much_to_do_loses_no_listener(void)
{
    begin("operation=recv action=delay latency_us=3000 jitter_us=3000");
    for (int i = 0; i < 5; i++) {
        dprintf(other.in, "time enter 500\n");
        CHECK_CONTAINS(ask(&target, "ring many 100"), "right=100 ");
        CHECK_CONTAINS(uring_target_next(&other), "ns=");
    }
    end(500, 0);
    CHECK_CONTAINS(ask(&other, "read"), " result=4096 ");
}

/* To be cancelled when its fault has ended, too. */
static void what_still_waits_when_the_fault_is_over_is_as_if_it_had_never_been_taken(void)
{
    struct uring_target left = target;
    target = uring_target_launch(directory, true);
    CHECK_CONTAINS(ask(&target, "ring late recv"), " result=29 ");
    delay("recv");
    dprintf(target.in, "ring leave\n");
    usleep(100000);
    end(1, 0);
    CHECK_TEXT(ask(&target, "ring stop"), "cancel=0 result=-125");
    uring_target_end(&target);
    target = left;
}

static void test_all(void)
{
    RUN(operations_come_late_and_hold_nothing);
    RUN(delays_run_side_by_side);
    RUN(errors_come_late);
    RUN(what_was_taken_can_be_cancelled);
    RUN(what_has_a_place_in_an_order_is_held);
    RUN(off_ends_the_delay_of_what_is_taken);
    RUN(kill_of_the_agent_loses_nothing);
    RUN(kill_of_the_agents_parent_loses_nothing);
    RUN(what_nobody_waits_for_is_let_go);
    RUN(a_keeper_that_has_much_to_do_loses_no_listener);
    RUN(what_still_waits_when_the_fault_is_over_is_as_if_it_had_never_been_taken);
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
    CHECK_CONTAINS(ask(&target, "read"), " result=4096 "); /* it runs, so the keeper has its listener */
    CHECK_CONTAINS(ask(&other, "read"), " result=4096 ");
    printf("mechanism: seccomp user notification, messages between rings\n");
    test_all();
    uring_target_end(&target);
    uring_target_end(&other);
    agent_end(&agent);
    uring_keeper_end(keeper, directory);
    return check_summary();
}
