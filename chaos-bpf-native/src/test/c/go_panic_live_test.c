// SPDX-License-Identifier: Apache-2.0
/* Panics in a Go program that knows nothing of it: which calls panic, which do not, and that none does afterwards. */
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "go_target.h"
#include "live.h"
#include "programs.h"

static struct agent agent;
static struct go_target target;

/* Attaches a fault named p at main.framed and switches it on. */
static void panic_on(pid_t pid, const char *keys)
{
    const char *reply = agent_ask(&agent, "attach id=p kind=gopanic pid=%d function=main.framed %s", pid, keys);
    CHECK_CONTAINS(reply, "ok ");
    CHECK_CONTAINS(reply, " function=main.framed");
    CHECK_CONTAINS(agent_ask(&agent, "on id=p"), "ok t_on_ns=");
}

static void panic_end(void)
{
    CHECK_CONTAINS(agent_ask(&agent, "detach id=p"), "ok ");
}

static void check_calls(const char *answer, int returned, int recovered)
{
    CHECK_CONTAINS(answer, "ok ");
    CHECK_EQUAL(reply_value(answer, "returned"), returned);
    CHECK_EQUAL(reply_value(answer, "recovered"), recovered);
    CHECK_EQUAL(reply_value(answer, "wrong"), 0);
}

/* ---- what is hit ---- */

static void recovers_from_all_of(const char *variant)
{
    struct go_target program = go_target_start(variant);
    panic_on(program.pid, "");
    const char *answer = go_target_ask(&program, "call framed 2500 4");
    check_calls(answer, 0, 10000);
    const char *stats = agent_ask(&agent, "stats id=p");
    printf("    %s: %lld injected, %lld recovered, process %s\n", variant, reply_value(stats, "hit"),
           reply_value(answer, "recovered"), kill(program.pid, 0) ? "DEAD" : "alive");
    CHECK_EQUAL(reply_value(stats, "seen"), 10000);
    CHECK_EQUAL(reply_value(stats, "matched"), 10000);
    CHECK_EQUAL(reply_value(stats, "hit"), 10000);
    CHECK(reply_value(stats, "t_first_hit_ns") > reply_value(stats, "t_on_ns"));
    panic_end();
    check_calls(go_target_ask(&program, "call framed 100 4"), 400, 0);
    go_target_end(&program);
}

static void ten_thousand_injected_are_ten_thousand_recovered(void)
{
    recovers_from_all_of("probed");
}

static void in_a_stripped_program_too(void)
{
    recovers_from_all_of("probed-stripped");
}

static void in_a_position_independent_program_too(void)
{
    recovers_from_all_of("probed-pie");
}

/* Here the address of a goroutine's first function depends on where the program was loaded. */
static void in_a_position_independent_program_goroutines_are_told_apart(void)
{
    struct go_target program = go_target_start("probed-pie");
    panic_on(program.pid, "goroutine=main.assistant");
    check_calls(go_target_ask(&program, "call framed 50 4 by=assistant"), 0, 200);
    check_calls(go_target_ask(&program, "call framed 50 4"), 200, 0);
    panic_end();
    go_target_end(&program);
}

static void a_share_of_the_calls_panics_and_the_same_for_the_same_seed(void)
{
    long long recovered[2];
    for (int i = 0; i < 2; i++) {
        panic_on(target.pid, "probability_ppm=100000 seed=7");
        const char *answer = go_target_ask(&target, "call framed 10000 1");
        recovered[i] = reply_value(answer, "recovered");
        check_calls(answer, 10000 - (int)recovered[i], (int)recovered[i]);
        panic_end();
    }
    CHECK(recovered[0] > 850 && recovered[0] < 1150);
    CHECK_EQUAL(recovered[0], recovered[1]);
}

static void the_nth_calls_panic(void)
{
    panic_on(target.pid, "after=100 count=3");
    check_calls(go_target_ask(&target, "call framed 100 1"), 100, 0);
    check_calls(go_target_ask(&target, "call framed 100 1"), 97, 3);
    panic_end();
}

/* ---- what is spared ---- */

static void the_label_decides(void)
{
    panic_on(target.pid, "label=tenant%3Dacme");
    check_calls(go_target_ask(&target, "call framed 50 4 label=tenant=acme"), 0, 200);
    check_calls(go_target_ask(&target, "call framed 50 4 label=tenant=acne"), 200, 0);
    check_calls(go_target_ask(&target, "call framed 50 4 label=user=acme"), 200, 0);
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=p"), "labelled"), 400);
    check_calls(go_target_ask(&target, "call framed 50 4"), 200, 0);
    const char *stats = agent_ask(&agent, "stats id=p");
    CHECK_EQUAL(reply_value(stats, "seen"), 800);
    CHECK_EQUAL(reply_value(stats, "matched"), 200);
    CHECK_EQUAL(reply_value(stats, "hit"), 200);
    panic_end();
}

/* `go worker(…)` has arguments, so that the goroutine begins with a wrapper that the compiler made. */
static void the_first_function_of_the_goroutine_decides(void)
{
    panic_on(target.pid, "goroutine=main.worker");
    check_calls(go_target_ask(&target, "call framed 50 4"), 0, 200);
    check_calls(go_target_ask(&target, "call framed 50 4 by=assistant"), 200, 0);
    panic_end();
}

static void other_functions_and_other_processes_go_on(void)
{
    struct go_target other = go_target_start("probed");
    panic_on(target.pid, "");
    check_calls(go_target_ask(&target, "call deep 50 4"), 200, 0);
    check_calls(go_target_ask(&other, "call framed 50 4"), 200, 0);
    check_calls(go_target_ask(&target, "call framed 50 4"), 0, 200);
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=p"), "seen"), 200);
    panic_end();
    go_target_end(&other);
}

static void nothing_happens_before_on_and_after_off(void)
{
    CHECK_CONTAINS(agent_ask(&agent, "attach id=p kind=gopanic pid=%d function=main.framed", target.pid), "ok ");
    check_calls(go_target_ask(&target, "call framed 50 4"), 200, 0);
    agent_ask(&agent, "on id=p");
    check_calls(go_target_ask(&target, "call framed 50 4"), 0, 200);
    CHECK_CONTAINS(agent_ask(&agent, "off id=p"), "ok drained=0 t_off_ns=");
    check_calls(go_target_ask(&target, "call framed 50 4"), 200, 0);
    const char *stats = agent_ask(&agent, "stats id=p");
    CHECK_EQUAL(reply_value(stats, "hit"), 200);
    CHECK(reply_value(stats, "t_first_clean_ns") > reply_value(stats, "t_off_ns"));
    panic_end();
}

/* ---- what is refused ---- */

static void check_refused(pid_t pid, const char *function, const char *code, const char *reason)
{
    const char *reply = agent_ask(&agent, "attach id=p kind=gopanic pid=%d function=%s", pid, function);
    CHECK_CONTAINS(reply, code);
    CHECK_CONTAINS(reply, reason);
}

static void nothing_is_left_of_a_refused_one(void)
{
    CHECK_TEXT(agent_ask(&agent, "list"), "ok ids=");
    CHECK_EQUAL(programs_left_of(agent.pid), 0);
    check_calls(go_target_ask(&target, "call framed 50 4"), 200, 0);
}

static void functions_that_cannot_be_faulted_are_refused(void)
{
    check_refused(target.pid, "main.frame", "code=bad_request", "main.framed");
    check_refused(target.pid, "runtime.mallocgc", "code=bad_request", "runtime");
    check_refused(target.pid, "main.inlined", "code=bad_request", "inlined");
    CHECK_CONTAINS(agent_ask(&agent, "attach id=p kind=gopanic pid=%d function=main.framed label=x", target.pid),
                   "code=bad_request");
    CHECK_CONTAINS(agent_ask(&agent, "attach id=p kind=gopanic pid=%d function=main.framed dev=eth0", target.pid),
                   "code=bad_request");
    nothing_is_left_of_a_refused_one();
}

/* The agent is no Go program. */
static void a_program_that_is_not_go_is_refused(void)
{
    check_refused(agent.pid, "main.framed", "code=unsupported", "Go");
    nothing_is_left_of_a_refused_one();
}

static void a_program_under_a_debugger_is_refused(void)
{
    struct go_target debugged = go_target_start("probed");
    CHECK_CONTAINS(go_target_ask(&debugged, "call framed 1 1"), "ok ");
    CHECK(!ptrace(PTRACE_SEIZE, debugged.pid, 0, 0));
    char tracer[64];
    snprintf(tracer, sizeof tracer, "traced%%20by%%20process%%20%d", getpid());
    check_refused(debugged.pid, "main.framed", "code=no_target", tracer);
    go_target_end(&debugged);
    nothing_is_left_of_a_refused_one();
}

static void probe_says_that_it_works(void)
{
    CHECK_CONTAINS(agent_ask(&agent, "probe"), " go_panic=yes");
}

int main(void)
{
    setenv("CHAOS_LEASE_MS", "2000", 0); /* or a machine that stands still for a moment lets calls pass */
    agent = agent_start(NULL);
    target = go_target_start("probed");
    if (go_target_mechanism(agent_ask(&agent, "attach id=p kind=gopanic pid=%d function=main.framed", target.pid)))
        return 1;
    agent_ask(&agent, "detach id=p");
    RUN(probe_says_that_it_works);
    RUN(ten_thousand_injected_are_ten_thousand_recovered);
    RUN(in_a_stripped_program_too);
    RUN(in_a_position_independent_program_too);
    RUN(in_a_position_independent_program_goroutines_are_told_apart);
    RUN(a_share_of_the_calls_panics_and_the_same_for_the_same_seed);
    RUN(the_nth_calls_panic);
    RUN(the_label_decides);
    RUN(the_first_function_of_the_goroutine_decides);
    RUN(other_functions_and_other_processes_go_on);
    RUN(nothing_happens_before_on_and_after_off);
    RUN(functions_that_cannot_be_faulted_are_refused);
    RUN(a_program_that_is_not_go_is_refused);
    RUN(a_program_under_a_debugger_is_refused);
    agent_end(&agent);
    go_target_end(&target);
    return check_summary();
}
