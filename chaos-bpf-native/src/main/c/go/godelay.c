// SPDX-License-Identifier: Apache-2.0
/* kind=godelay: calls of a function are held. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "closing.h"
#include "control.h"
#include "fault.h"
#include "go_hold.h"
#include "go_tracer.h"
#include "go_watch.h"
#include "latency_options.h"

struct delay_fault {
    struct fault fault;
    struct go_hold hold;
    struct go_watch *watch;
};

static void delay_detach(struct fault *attached)
{
    struct delay_fault *fault = (struct delay_fault *)attached;
    go_hold_detach(&fault->hold);
    if (fault->watch)
        go_watch_close(fault->watch);
    free(fault);
}

static void take_apart(void *fault)
{
    delay_detach(fault);
}

static void close_watch(void *watch)
{
    go_watch_close(watch);
}

static void delay_forget(void *arg)
{
    struct go_delay *wanted = arg;
    if (wanted->watch) /* no mechanism has taken it */
        closing_begin("a refused delay", close_watch, wanted->watch);
    go_call_close(&wanted->call);
    free(wanted);
}

/* What faults comes after the watch: of several links the kernel closes the youngest first when we are killed. */
static void *delay_prepare(struct request *request, const struct target *target, struct failure *f)
{
    struct go_delay *wanted = calloc(1, sizeof *wanted);
    if (!wanted) {
        fail(f, FAILED, ENOMEM, "no memory for a delay");
        return NULL;
    }
    struct godelay_options *options = &wanted->options;
    if (!latency_options_parse(request, &options->latency_ns, &options->jitter_ns, f) &&
        !go_call_open(request, target, &wanted->call, f) && !request_refuse_unknown(request, f))
        wanted->watch = go_watch_open(wanted->call.binary, target->pid, f);
    if (wanted->watch)
        return wanted;
    delay_forget(wanted);
    return NULL;
}

typedef int attach_hold(const struct go_delay *wanted, pid_t pid, struct go_hold *hold, struct failure *f);

static struct delay_fault *new_fault(attach_hold *attach, const struct go_delay *wanted, pid_t pid, struct failure *f)
{
    struct delay_fault *fault = calloc(1, sizeof *fault);
    if (!fault) {
        fail(f, FAILED, ENOMEM, "no memory for a delay");
        return NULL;
    }
    if (!attach(wanted, pid, &fault->hold, f))
        return fault;
    closing_begin("a refused delay", take_apart, fault);
    return NULL;
}

static struct fault *attach_by(attach_hold *attach, void *arg, const struct target *target, struct reply *reply,
                               struct failure *f)
{
    struct go_delay *wanted = arg;
    struct delay_fault *fault = new_fault(attach, wanted, target->pid, f);
    if (!fault)
        return NULL;
    fault->watch = wanted->watch;
    wanted->watch = NULL;
    fault->fault.mechanism = fault->hold.mechanism;
    fault->fault.control = fault->hold.control;
    fault->fault.held = fault->hold.held;
    fault->fault.cut = fault->hold.cut;
    reply_word(reply, "function", "%s", wanted->call.function.name);
    reply_number(reply, "seed", wanted->call.choice.seed);
    reply_number(reply, "closing_ms", go_hold_closing_ms(&fault->hold) + go_watch_closing_ms(fault->watch));
    go_watch_reply(fault->watch, reply);
    return &fault->fault;
}

static struct fault *attach_registers(void *wanted, const struct target *target, struct reply *reply, struct failure *f)
{
    return attach_by(go_yield_attach, wanted, target, reply, f);
}

static struct fault *attach_sleep(void *wanted, const struct target *target, struct reply *reply, struct failure *f)
{
    return attach_by(go_sleep_attach, wanted, target, reply, f);
}

static struct fault *attach_yield(void *wanted, const struct target *target, struct reply *reply, struct failure *f)
{
    return attach_by(go_preempt_attach, wanted, target, reply, f);
}

static struct fault *attach_spinning(void *wanted, const struct target *target, struct reply *reply, struct failure *f)
{
    return attach_by(go_spin_attach, wanted, target, reply, f);
}

static void delay_on(struct fault *fault, struct reply *reply)
{
    go_watch_on(((struct delay_fault *)fault)->watch);
    fault_switch_on(fault, reply);
}

/* Later than what is held: its end is what others wait for, and is watched to see how long. */
static int delay_settle(struct fault *fault, struct failure *f)
{
    (void)f;
    go_watch_off(((struct delay_fault *)fault)->watch);
    return 0;
}

static void delay_stats(struct fault *attached, struct reply *reply)
{
    const struct delay_fault *fault = (const struct delay_fault *)attached;
    const struct go_hold *hold = &fault->hold;
    reply_number(reply, "unfit", *hold->unfit);
    reply_number(reply, "labelled", *hold->labelled);
    hist_reply(hold->delay, reply, "delay_hist");
    hist_reply(hold->error, reply, "err_hist");
    go_watch_stats(fault->watch, reply);
    if (hold->none_left_ns) {
        reply_number(reply, "processors", (uint64_t)hold->processors);
        reply_number(reply, "none_left_us", *hold->none_left_ns / 1000);
    }
    if (hold->traced && go_tracer_killed_by(hold->traced))
        reply_number(reply, "tracer_killed_by", (uint64_t)go_tracer_killed_by(hold->traced));
}

/* Loads, and attaches to the first byte of our own file, which nobody executes. */
static void delay_probe(struct reply *reply)
{
    struct failure f = {0};
    const struct go_delay none = {0};
    struct delay_fault *fault = calloc(1, sizeof *fault);
    int rc = fault ? go_spin_attach(&none, getpid(), &fault->hold, &f) : fail(&f, FAILED, ENOMEM, "no memory to probe");
    reply_outcome(reply, "go_delay", rc, &f);
    if (fault)
        closing_begin("a probe", take_apart, fault);
}

static int delay_check(struct request *request, struct failure *f)
{
    return go_call_check(request, false, f);
}

#define GODELAY(name_, attach_, probe_)                                                                                \
    {.name = "godelay",                                                                                                \
     .mechanism = name_,                                                                                               \
     .check = delay_check,                                                                                             \
     .prepare = delay_prepare,                                                                                         \
     .forget = delay_forget,                                                                                           \
     .attach = attach_,                                                                                                \
     .on = delay_on,                                                                                                   \
     .settle = delay_settle,                                                                                           \
     .stats = delay_stats,                                                                                             \
     .detach = delay_detach,                                                                                           \
     .probe = probe_}

const struct fault_kind godelay_registers = GODELAY("registers", attach_registers, NULL);
const struct fault_kind godelay_sleep = GODELAY("tracer", attach_sleep, NULL);
const struct fault_kind godelay_yield = GODELAY("tracer", attach_yield, NULL);
const struct fault_kind godelay_spinning = GODELAY("spinning", attach_spinning, delay_probe);
