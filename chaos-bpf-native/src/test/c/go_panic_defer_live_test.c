// SPDX-License-Identifier: Apache-2.0
/*
 * Panics in functions with defers. The program src/test/go/cmd/deferring ends when the runtime meets anything in their
 * frames that is not initialised.
 */
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>

#include "check.h"
#include "go_target.h"
#include "live.h"
#include "programs.h"

#define MANY 1000
#define SOME 100

static struct agent agent;

static const struct shape {
    const char *name, *function;
    int defers; /* that run in a call that does not panic */
} shapes[] = {
    {"none", "main.none", 0},
    {"one", "main.one", 1},
    {"eight", "main.eight", 8},
    {"ten", "main.ten", 10},
    {"loop", "main.loop", 3},
    {"conditional", "main.conditional", 1},
    {"returns", "main.returns", 2},
    {"recovering", "main.recovering", 1},
    {"closure", "main.closure.func1", 1},
    {"pointer", "main.(*adder).pointer", 1},
    {"value", "main.adder.value", 1},
    {"generic", "main.generic[go.shape.int]", 1},
    {"named", "main.named", 1},
    {"early", "main.early", 1},
    {"array", "main.array", 1},
    {"tenth", "main.tenth", 10},
    {"escaped", "main.escaped", 1},
    {"many", "main.many", 1},
    {"wide", "main.wide", 1},
};

static void check_answer(const char *answer, int returned, int recovered, int deferred)
{
    char expected[128];
    snprintf(expected, sizeof expected, "ok returned=%d recovered=%d wrong=0 deferred=%d", returned, recovered,
             deferred);
    CHECK_TEXT(answer, expected);
}

static void panics(struct go_target *program, const struct shape *shape, int calls)
{
    const char *reply = agent_ask(&agent, "attach id=p kind=gopanic pid=%d function=%s", program->pid, shape->function);
    CHECK_CONTAINS(reply, "ok ");
    agent_ask(&agent, "on id=p");
    check_answer(go_target_ask(program, "call %s %d", shape->name, calls), 0, calls, 0);
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=p"), "hit"), calls);
    CHECK_CONTAINS(agent_ask(&agent, "detach id=p"), "ok ");
    check_answer(go_target_ask(program, "call %s 10", shape->name), 10, 0, 10 * shape->defers);
}

/* names: up to a NULL; NULL for all. */
static void panics_in(const char *variant, const char *const *names, int calls)
{
    struct go_target program = go_target_start(variant);
    int done = 0, wanted = 0;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        bool meant = !names;
        for (const char *const *name = names; name && *name; name++)
            meant |= !strcmp(*name, shapes[i].name);
        if (meant)
            panics(&program, &shapes[i], calls);
        done += meant;
    }
    for (const char *const *name = names; name && *name; name++)
        wanted++;
    CHECK(done >= wanted && !kill(program.pid, 0));
    go_target_end(&program);
}

static void the_caller_recovers_and_no_defer_of_the_function_runs(void)
{
    panics_in("deferring", NULL, SOME);
}

static void in_a_position_independent_and_stripped_program_too(void)
{
    panics_in("deferring-pie", (const char *const[]){"ten", "named", "tenth", "many", NULL}, SOME);
}

/* There no defer is open-coded, and arguments are kept in memory. */
static void in_a_program_built_for_a_debugger_too(void)
{
    panics_in("deferring-debug", NULL, SOME);
}

static void a_thousand_panics_leave_the_process_alive(void)
{
    panics_in("deferring", (const char *const[]){"one", "ten", "loop", "recovering", "named", NULL}, MANY);
}

/* Of two panics the first was the program's own. */
static void a_panic_in_a_deferred_call_replaces_the_one_that_runs_it(void)
{
    struct go_target program = go_target_start("deferring");
    agent_ask(&agent, "attach id=p kind=gopanic pid=%d function=main.one", program.pid);
    agent_ask(&agent, "on id=p");
    check_answer(go_target_ask(&program, "call nested %d", SOME), SOME, 0, 0);
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=p"), "hit"), SOME);
    agent_ask(&agent, "detach id=p");
    go_target_end(&program);
}

static void where_no_safe_place_is_known_it_is_refused_by_name(void)
{
    struct go_target program = go_target_start("deferring");
    const char *reply = agent_ask(&agent, "attach id=p kind=gopanic pid=%d function=main.huge", program.pid);
    CHECK_CONTAINS(reply, "error code=bad_request");
    CHECK_CONTAINS(reply, "function%20main.huge%20has%20a%20defer");
    CHECK_TEXT(agent_ask(&agent, "list"), "ok ids=");
    CHECK_EQUAL(programs_left_of(agent.pid), 0);
    check_answer(go_target_ask(&program, "call huge 10"), 10, 0, 10);
    go_target_end(&program);
}

int main(void)
{
    setenv("CHAOS_LEASE_MS", "2000", 0); /* or a machine that stands still for a moment lets calls pass */
    agent = agent_start(NULL);
    struct go_target program = go_target_start("deferring");
    if (go_target_mechanism(agent_ask(&agent, "attach id=p kind=gopanic pid=%d function=main.one", program.pid)))
        return 1;
    agent_ask(&agent, "detach id=p");
    go_target_end(&program);
    RUN(the_caller_recovers_and_no_defer_of_the_function_runs);
    RUN(in_a_position_independent_and_stripped_program_too);
    RUN(in_a_program_built_for_a_debugger_too);
    RUN(a_thousand_panics_leave_the_process_alive);
    RUN(a_panic_in_a_deferred_call_replaces_the_one_that_runs_it);
    RUN(where_no_safe_place_is_known_it_is_refused_by_name);
    agent_end(&agent);
    return check_summary();
}
