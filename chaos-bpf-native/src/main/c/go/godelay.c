// SPDX-License-Identifier: Apache-2.0
/* kind=godelay: calls of a function are held. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "closing.h"
#include "control.h"
#include "fault.h"
#include "go_hold.h"
#include "go_tracer.h"
#include "go_watch.h"
#include "latency_options.h"
#include "probe.h"

#define LETTING_GO_MS 1000 /* a held call looks at the switch again and again, once its thread runs */

struct delay_fault {
    struct go_hold hold;
    struct go_watch *watch;
    pid_t pid;
    uint64_t cut; /* as far as told to who asked for off */
};

static void detach(void *arg)
{
    struct delay_fault *fault = arg;
    go_hold_detach(&fault->hold);
    if (fault->watch)
        go_watch_close(fault->watch);
    free(fault);
}

/* What faults comes last: of several links the kernel closes the youngest first when we are killed. */
static struct delay_fault *new_fault(const struct go_delay *wanted, pid_t pid, char *refused, struct failure *f)
{
    struct delay_fault *fault = calloc(1, sizeof *fault);
    if (!fault) {
        fail(f, FAILED, ENOMEM, "no memory for a delay");
        return NULL;
    }
    fault->pid = pid;
    fault->watch = go_watch_open(wanted->call.binary, pid, f);
    if (fault->watch && !go_hold_attach(wanted, pid, &fault->hold, refused, f))
        return fault;
    closing_begin("a refused delay", detach, fault);
    return NULL;
}

static void *attach(struct request *request, const struct target *target, struct reply *reply, struct failure *f)
{
    struct go_delay wanted = {.mechanism = request_get(request, "mechanism")};
    struct godelay_options *options = &wanted.options;
    char refused[GO_REFUSED_SIZE];
    if (latency_options_parse(request, &options->latency_ns, &options->jitter_ns, f) ||
        go_call_open(request, target, &wanted.call, f))
        return NULL;
    struct delay_fault *fault = request_refuse_unknown(request, f) ? NULL : new_fault(&wanted, target->pid, refused, f);
    if (fault) {
        reply_word(reply, "mechanism", "%s", fault->hold.mechanism);
        if (*refused)
            reply_word(reply, "refused", "%s", refused);
        reply_word(reply, "function", "%s", wanted.call.function.name);
        reply_number(reply, "seed", wanted.call.choice.seed);
        reply_number(reply, "closing_ms", go_hold_closing_ms(&fault->hold) + go_watch_closing_ms(fault->watch));
        go_watch_reply(fault->watch, reply);
    }
    go_call_close(&wanted.call);
    return fault;
}

static int on(void *arg, struct reply *reply, struct failure *f)
{
    (void)f;
    struct delay_fault *fault = arg;
    go_watch_on(fault->watch);
    reply_number(reply, "t_on_ns", control_on(fault->hold.control));
    return 0;
}

static void lift(void *arg)
{
    struct delay_fault *fault = arg;
    control_off(fault->hold.control);
    go_watch_off(fault->watch);
}

static int off(void *arg, struct reply *reply, struct failure *f)
{
    (void)f;
    struct delay_fault *fault = arg;
    const struct go_hold *hold = &fault->hold;
    control_off(hold->control);
    for (int ms = 0; *hold->held && !kill(fault->pid, 0) && ms < LETTING_GO_MS; ms++)
        usleep(1000);
    go_watch_off(fault->watch);
    uint64_t cut = *hold->cut;
    reply_number(reply, "drained", cut - fault->cut);
    fault->cut = cut;
    reply_number(reply, "t_off_ns", hold->control->off_ns);
    reply_number(reply, "t_last_sent_ns", 0);
    return 0;
}

static void stats(void *arg, struct reply *reply)
{
    struct delay_fault *fault = arg;
    const struct go_hold *hold = &fault->hold;
    control_stats(hold->control, reply);
    reply_number(reply, "t_last_sent_ns", 0);
    reply_number(reply, "unfit", *hold->unfit);
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
    probe_result(reply, "go_delay", rc, &f);
    if (fault)
        closing_begin("a probe", detach, fault);
}

const struct fault_kind godelay_kind = {
    .name = "godelay",
    .attach = attach,
    .on = on,
    .lift = lift,
    .off = off,
    .stats = stats,
    .detach = detach,
    .probe = delay_probe,
};
