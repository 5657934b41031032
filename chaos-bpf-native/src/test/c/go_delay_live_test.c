// SPDX-License-Identifier: Apache-2.0
/*
 * Delays at a function of a Go program, by the best mechanism there is here and by spinning: how long its calls really
 * take, whose do not, and how far the rest goes on.
 */
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "choice.h"
#include "clock.h"
#include "go_target.h"
#include "live.h"
#include "programs.h"

#define LATENCY_US 20000
#define LONGEST_US (spins ? 1000000 : 60000000)

static struct agent agent;
static struct go_target target;

static bool spins;                 /* held goroutines keep their processor */
static const char *mechanism = ""; /* the key that asks for it */

static void delay_attach_at(const char *function, const char *keys)
{
    const char *reply = agent_ask(&agent, "attach id=d kind=godelay pid=%d function=%s latency_us=%d %s %s", target.pid,
                                  function, LATENCY_US, keys, mechanism);
    CHECK_CONTAINS(reply, "ok ");
    CHECK_CONTAINS(reply, function);
    CHECK_CONTAINS(reply, " observed=gc_pause,sched");
}

static void delay_attach(const char *keys)
{
    delay_attach_at("main.framed", keys);
}

static void delay_on(const char *keys)
{
    delay_attach(keys);
    CHECK_CONTAINS(agent_ask(&agent, "on id=d"), "ok t_on_ns=");
}

static void delay_end(void)
{
    CHECK_CONTAINS(agent_ask(&agent, "detach id=d"), "ok ");
}

/* All calls returned what they should. */
static void check_calls(const char *answer, int calls)
{
    CHECK_EQUAL(reply_value(answer, "returned"), calls);
    CHECK_EQUAL(reply_value(answer, "recovered"), 0);
    CHECK_EQUAL(reply_value(answer, "wrong"), 0);
}

static void print_histogram(const char *stats, const char *key, const char *what)
{
    printf("    %-38s p50 %7llu  p99 %7llu us  (%llu)\n", what, (unsigned long long)hist_quantile(stats, key, 0.5),
           (unsigned long long)hist_quantile(stats, key, 0.99), (unsigned long long)hist_total(stats, key));
}

/* ---- what is hit ---- */

static void calls_take_as_long_as_was_asked(void)
{
    delay_on("");
    const char *answer = go_target_ask(&target, "call framed 50 1");
    const char *stats = agent_ask(&agent, "stats id=d");
    check_calls(answer, 50);
    CHECK(reply_value(answer, "p50_us") >= LATENCY_US);
    CHECK_EQUAL(reply_value(stats, "hit"), 50);
    CHECK_EQUAL(hist_total(stats, "delay_hist"), 50);
    CHECK_EQUAL(hist_total(stats, "err_hist"), 50);
    CHECK(hist_quantile(stats, "delay_hist", 0) >= LATENCY_US * 15 / 16); /* the width of a bucket */
    printf("    %-38s p50 %7d  p99 %7d us\n", "asked", LATENCY_US, LATENCY_US);
    printf("    %-38s p50 %7lld  p99 %7lld us\n", "taken, as the program measures it", reply_value(answer, "p50_us"),
           reply_value(answer, "p99_us"));
    print_histogram(stats, "delay_hist", "held in the kernel");
    print_histogram(stats, "err_hist", "of that, longer than asked");
    delay_end();
}

static void jitter_spreads_them(void)
{
    delay_on("jitter_us=20000 seed=5");
    check_calls(go_target_ask(&target, "call framed 100 1"), 100);
    const char *stats = agent_ask(&agent, "stats id=d");
    CHECK_EQUAL(hist_total(stats, "delay_hist"), 100);
    CHECK(hist_quantile(stats, "delay_hist", 0.1) < LATENCY_US / 2);
    CHECK(hist_quantile(stats, "delay_hist", 0.9) > LATENCY_US * 3 / 2);
    print_histogram(stats, "delay_hist", "asked for 20 ± 20 ms, held");
    delay_end();
}

#define CALLS 160
#define SEED 5

static int ascending(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* None was held for less than was drawn for it, so no quantile is below that of what was drawn. */
static void check_held_long_enough(const char *stats)
{
    uint64_t drawn_us[CALLS];
    struct chaos_choice choice = {.seed = SEED};
    for (uint64_t n = 0; n < CALLS; n++)
        drawn_us[n] = choice_latency_ns(&choice, n, LATENCY_US * 1000, LATENCY_US * 1000) / 1000;
    qsort(drawn_us, CALLS, sizeof *drawn_us, ascending);
    for (int tenths = 1; tenths <= 10; tenths++) {
        double q = tenths / 10.0;
        uint64_t held_us = hist_quantile(stats, "delay_hist", q);
        CHECK(held_us + held_us / 16 + 1 >= drawn_us[(int)(q * (CALLS - 1))]);
    }
}

/* More threads are held than there are CPUs, so that they take turns; each for a time of its own. */
static void calls_that_are_held_at_the_same_time_do_not_disturb_each_other(void)
{
    setenv("GOMAXPROCS", "8", 1);
    struct go_target wide = go_target_start("probed-pie");
    unsetenv("GOMAXPROCS");
    CHECK_CONTAINS(agent_ask(&agent,
                             "attach id=d kind=godelay pid=%d function=main.framed latency_us=%d jitter_us=%d seed=%d "
                             "label=tenant%%3Dacme goroutine=main.worker %s",
                             wide.pid, LATENCY_US, LATENCY_US, SEED, mechanism),
                   "ok ");
    agent_ask(&agent, "on id=d");
    check_calls(go_target_ask(&wide, "call framed %d 16 label=tenant=acme", CALLS / 16), CALLS);
    const char *stats = agent_ask(&agent, "stats id=d");
    CHECK_EQUAL(reply_value(stats, "matched"), CALLS); /* else the agent was too late to renew its lease */
    CHECK_EQUAL(reply_value(stats, "hit"), CALLS);
    CHECK_EQUAL(hist_total(stats, "delay_hist"), CALLS);
    check_held_long_enough(stats);
    print_histogram(stats, "err_hist", "8 at a time, longer than asked");
    delay_end();
    go_target_end(&wide);
}

/* Each goroutine is new and has a small stack, so that the function also has it grown. */
static void calls_that_need_more_stack_are_held_once(void)
{
    delay_attach_at("main.deep", "");
    agent_ask(&agent, "on id=d");
    check_calls(go_target_ask(&target, "call deep 2 10"), 20);
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=d"), "hit"), 20);
    delay_end();
}

static void only_chosen_calls_are_held(void)
{
    delay_on("after=10 count=5");
    const char *answer = go_target_ask(&target, "call framed 100 1");
    check_calls(answer, 100);
    CHECK(reply_value(answer, "p50_us") < LATENCY_US);
    CHECK(reply_value(answer, "max_us") >= LATENCY_US);
    const char *stats = agent_ask(&agent, "stats id=d");
    CHECK_EQUAL(reply_value(stats, "matched"), 100); /* else the agent was too late to renew its lease */
    CHECK_EQUAL(reply_value(stats, "hit"), 5);
    delay_end();
}

/* ---- what is spared ---- */

static void check_spared(const char *answer, int calls)
{
    check_calls(answer, calls);
    CHECK(reply_value(answer, "p50_us") < LATENCY_US);
}

static void other_goroutines_functions_and_processes_are_not_held(void)
{
    struct go_target other = go_target_start("probed");
    delay_on("label=tenant%3Dacme goroutine=main.assistant");
    check_spared(go_target_ask(&target, "call framed 200 1 label=tenant=acme"), 200);
    check_spared(go_target_ask(&target, "call framed 200 1 by=assistant"), 200);
    check_spared(go_target_ask(&target, "call deep 200 1 by=assistant label=tenant=acme"), 200);
    check_spared(go_target_ask(&other, "call framed 200 1 by=assistant label=tenant=acme"), 200);
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=d"), "hit"), 0);
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=d"), "labelled"), 0);
    check_calls(go_target_ask(&target, "call framed 5 1 by=assistant label=tenant=acme"), 5);
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=d"), "hit"), 5);
    delay_end();
    go_target_end(&other);
}

static void nothing_is_held_before_on_and_after_off(void)
{
    delay_attach("");
    check_spared(go_target_ask(&target, "call framed 200 1"), 200);
    agent_ask(&agent, "on id=d");
    check_calls(go_target_ask(&target, "call framed 3 1"), 3);
    CHECK_CONTAINS(agent_ask(&agent, "off id=d"), "ok drained=0 t_off_ns=");
    check_spared(go_target_ask(&target, "call framed 200 1"), 200);
    const char *stats = agent_ask(&agent, "stats id=d");
    CHECK_EQUAL(reply_value(stats, "hit"), 3);
    CHECK(reply_value(stats, "t_first_clean_ns") > reply_value(stats, "t_off_ns"));
    delay_end();
}

/* A slow machine takes its time until a call begins. */
static void await_hit(void)
{
    for (int wait = 0; wait < 500 && reply_value(agent_ask(&agent, "stats id=d"), "hit") < 1; wait++)
        sleep_ms(10);
}

static void off_lets_go_what_is_held(void)
{
    CHECK_CONTAINS(agent_ask(&agent, "attach id=d kind=godelay pid=%d function=main.framed latency_us=%d %s",
                             target.pid, LONGEST_US, mechanism),
                   "ok ");
    agent_ask(&agent, "on id=d");
    go_target_tell(&target, "call framed 1 2");
    await_hit();
    CHECK(!go_target_hears_within(&target, 100));
    uint64_t start = clock_now_ns();
    long long drained = reply_value(agent_ask(&agent, "off id=d"), "drained");
    CHECK(go_target_hears_within(&target, 5000));
    printf("    held calls went on %.1f ms after off was asked for\n", (double)(clock_now_ns() - start) / 1e6);
    check_calls(go_target_hear(&target), 2);
    CHECK(drained > 0);
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=d"), "hit"), drained);
    CHECK_EQUAL(hist_total(agent_ask(&agent, "stats id=d"), "delay_hist"), 0);
    delay_end();
}

/* ---- how far the rest goes on ---- */

/* One goroutine is held again and again; another collects garbage as fast as it can, which stops the world. */
static void tells_how_far_the_program_goes_on(void)
{
    delay_attach_at("main.(*counter).add", "");
    CHECK_CONTAINS(go_target_ask(&target, "gc 300"), "ok cycles=");
    CHECK_CONTAINS(go_target_ask(&target, "begin method"), "ok");
    agent_ask(&agent, "on id=d");
    CHECK_CONTAINS(go_target_ask(&target, "gc 1000"), "ok cycles=");
    agent_ask(&agent, "off id=d");
    CHECK_EQUAL(reply_value(go_target_ask(&target, "end"), "wrong"), 0);
    const char *stats = agent_ask(&agent, "stats id=d");
    const char *const keys[] = {"gc_pause_before_hist", "gc_pause_hist", "sched_before_hist", "sched_hist"};
    for (int i = 0; i < 4; i++) {
        CHECK(hist_total(stats, keys[i]) > 0);
        print_histogram(stats, keys[i], keys[i]);
    }
    if (spins) /* many a pause is as long as a call is held; else hardly any is */
        CHECK(hist_quantile(stats, "gc_pause_hist", 1) > LATENCY_US / 4);
    else
        CHECK(hist_quantile(stats, "gc_pause_hist", 0.5) < LATENCY_US); /* a machine that stands still makes some */
    delay_end();
}

/* More calls at a time than there are processors: whoever keeps one while it is held makes the others wait for it. */
static void calls_that_are_held_do_not_wait_for_each_other(void)
{
    setenv("GOMAXPROCS", "2", 1);
    struct go_target service = go_target_start("probed");
    unsetenv("GOMAXPROCS");
    CHECK_CONTAINS(
        agent_ask(&agent, "attach id=d kind=godelay pid=%d function=main.framed latency_us=50000", service.pid), "ok ");
    agent_ask(&agent, "on id=d");
    const char *answer = go_target_ask(&service, "rate framed 50 2000");
    check_calls(answer, 100);
    printf("    %-38s p50 %7lld  p99 %7lld us\n", "50 ms of 50 calls a second", reply_value(answer, "p50_us"),
           reply_value(answer, "p99_us"));
    CHECK(reply_value(answer, "p50_us") >= 50000);
    CHECK(reply_value(answer, "p99_us") < 2000000); /* a safety bound: ./dev bench measures how late they are */
    delay_end();
    go_target_end(&service);
}

/* ---- what is refused ---- */

static void check_refused(pid_t pid, const char *keys, const char *code, const char *reason)
{
    const char *reply = agent_ask(&agent, "attach id=d kind=godelay pid=%d %s %s", pid, keys, mechanism);
    CHECK_CONTAINS(reply, code);
    CHECK_CONTAINS(reply, reason);
}

static void bad_requests_are_refused_and_nothing_is_left(void)
{
    unsigned int ids[16];
    check_refused(target.pid, "function=main.framed", "code=bad_request", "latency_us");
    check_refused(target.pid, "function=main.framed latency_us=60000001", "code=bad_request", "60000000");
    check_refused(target.pid, "function=main.framed latency_us=5 jitter_us=6", "code=bad_request", "jitter_us");
    check_refused(target.pid, "function=main.frame latency_us=5", "code=bad_request", "main.framed");
    check_refused(target.pid, "function=runtime.mallocgc latency_us=5", "code=bad_request", "runtime");
    check_refused(target.pid, "function=main.framed latency_us=5 dev=eth0", "code=bad_request", "dev");
    check_refused(agent.pid, "function=main.framed latency_us=5", "code=unsupported", "Go");
    check_refused(target.pid, "function=main.framed latency_us=5 mechanism=luck", "code=bad_request",
                  "expected%20one%20of%20registers%20tracer%20spinning");
    CHECK_TEXT(agent_ask(&agent, "list"), "ok ids=");
    CHECK_EQUAL(programs_left_of(agent.pid), 0);
    delay_attach("");
    CHECK(programs_of(agent.pid, ids, 16) > 0);
    delay_end();
    CHECK_EQUAL(programs_left_of(agent.pid), 0);
}

static void what_can_only_spin_is_held_for_one_second_at_most(void)
{
    check_refused(target.pid, "function=main.leaf latency_us=1000001", "code=unsupported",
                  "main.leaf%20has%20no%20frame");
    check_refused(target.pid, "function=main.leaf latency_us=600000 jitter_us=400001", "code=unsupported", "spinning");
}

static void probe_says_that_it_works(void)
{
    CHECK_CONTAINS(agent_ask(&agent, "probe"), " go_delay=yes");
}

static void run_by_the_best(void)
{
    RUN(probe_says_that_it_works);
    RUN(calls_take_as_long_as_was_asked);
    RUN(jitter_spreads_them);
    RUN(calls_that_are_held_at_the_same_time_do_not_disturb_each_other);
    RUN(calls_that_need_more_stack_are_held_once);
    RUN(only_chosen_calls_are_held);
    RUN(other_goroutines_functions_and_processes_are_not_held);
    RUN(nothing_is_held_before_on_and_after_off);
    RUN(off_lets_go_what_is_held);
    RUN(tells_how_far_the_program_goes_on);
    RUN(calls_that_are_held_do_not_wait_for_each_other);
    RUN(what_can_only_spin_is_held_for_one_second_at_most);
    RUN(bad_requests_are_refused_and_nothing_is_left);
}

/* One of them leaves another processor to the others, two leave none. */
static void spinning_tells_for_how_long_no_processor_was_left(void)
{
    setenv("GOMAXPROCS", "2", 1);
    struct go_target service = go_target_start("probed");
    unsetenv("GOMAXPROCS");
    agent_ask(&agent, "attach id=d kind=godelay pid=%d function=main.framed latency_us=%d %s", service.pid, LATENCY_US,
              mechanism);
    agent_ask(&agent, "on id=d");
    check_calls(go_target_ask(&service, "call framed 5 1"), 5);
    const char *stats = agent_ask(&agent, "stats id=d");
    CHECK_EQUAL(reply_value(stats, "processors"), 2);
    CHECK_EQUAL(reply_value(stats, "none_left_us"), 0);
    check_calls(go_target_ask(&service, "call framed 10 8"), 80);
    long long none_left = reply_value(agent_ask(&agent, "stats id=d"), "none_left_us");
    CHECK(none_left > 80 / 2 * LATENCY_US / 4 && none_left < 80 * LATENCY_US);
    delay_end();
    go_target_end(&service);
}

/* The same, but for what is no part of a mechanism. */
static void run_by_spinning(void)
{
    mechanism = "mechanism=spinning";
    spins = true;
    RUN(spinning_tells_for_how_long_no_processor_was_left);
    RUN(calls_take_as_long_as_was_asked);
    RUN(calls_that_are_held_at_the_same_time_do_not_disturb_each_other);
    RUN(off_lets_go_what_is_held);
    RUN(tells_how_far_the_program_goes_on);
}

int main(void)
{
    setenv("CHAOS_LEASE_MS", "2000", 0); /* or a machine that stands still for a moment lets calls pass */
    agent = agent_start(NULL);
    target = go_target_start("probed");
    const char *reply =
        agent_ask(&agent, "attach id=d kind=godelay pid=%d function=main.framed latency_us=1", target.pid);
    if (go_target_mechanism(reply))
        return 1;
    spins = strstr(reply, "spinning");
    agent_ask(&agent, "detach id=d");
    run_by_the_best();
    run_by_spinning();
    agent_end(&agent);
    go_target_end(&target);
    return check_summary();
}
