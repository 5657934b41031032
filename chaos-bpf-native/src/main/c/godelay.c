// SPDX-License-Identifier: Apache-2.0
/* kind=godelay: calls of a function are held. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "chaos.h"
#include "control.h"
#include "fault.h"
#include "go_call.h"
#include "go_watch.h"
#include "godelay.h"
#include "hist.h"
#include "lease.h"
#include "probe.h"
#include "skeleton.h"
#include "uprobe.h"

#include "godelay.lskel.h"

#define MAX_LATENCY_US 60000000
#define LETTING_GO_MS 1000 /* a held call looks at the switch every microsecond, once its thread runs */

struct delay_fault {
    struct godelay *skeleton;
    struct go_watch *watch;
    int link;
    uint64_t cut; /* as far as told to who asked for off */
};

struct delay_request {
    struct go_call call;
    struct godelay_options options;
};

static void configure(struct godelay *skeleton, const void *options)
{
    const struct delay_request *wanted = options;
    skeleton->rodata->site = wanted->call.site;
    skeleton->rodata->choice = wanted->call.choice;
    skeleton->rodata->options = wanted->options;
}

SKELETON_LOADER(godelay)

static int read_latency(struct request *request, struct godelay_options *options, struct failure *f)
{
    uint64_t latency_us = 0, jitter_us = 0;
    if (!request_require(request, "latency_us", f) ||
        request_number(request, "latency_us", 1, MAX_LATENCY_US, &latency_us, f) ||
        request_number(request, "jitter_us", 0, latency_us, &jitter_us, f))
        return -1;
    *options = (struct godelay_options){.latency_ns = latency_us * 1000, .jitter_ns = jitter_us * 1000};
    return 0;
}

static void detach(void *arg)
{
    struct delay_fault *fault = arg;
    if (fault->link >= 0) {
        close(fault->link);
        lease_release(&fault->skeleton->bss->control);
    }
    if (fault->watch)
        go_watch_close(fault->watch);
    if (fault->skeleton)
        godelay__destroy(fault->skeleton);
    free(fault);
}

/* What faults comes last: of several links the kernel closes the youngest first when we are killed. */
static int place(struct delay_fault *fault, const struct delay_request *wanted, pid_t pid, struct failure *f)
{
    fault->skeleton = godelay_load_explained(configure, wanted, f);
    if (!fault->skeleton)
        return -1;
    fault->watch = go_watch_open(wanted->call.binary, pid, f);
    if (!fault->watch || lease_hold(&fault->skeleton->bss->control, f))
        return -1;
    fault->link = uprobe_attach(fault->skeleton->progs.go_delay.prog_fd, pid, wanted->call.function.probe_offset, f);
    if (fault->link >= 0)
        return 0;
    lease_release(&fault->skeleton->bss->control);
    return -1;
}

static struct delay_fault *new_fault(const struct delay_request *wanted, pid_t pid, struct failure *f)
{
    struct delay_fault *fault = calloc(1, sizeof *fault);
    if (!fault) {
        fail(f, FAILED, ENOMEM, "no memory for a delay");
        return NULL;
    }
    fault->link = -1;
    if (!place(fault, wanted, pid, f))
        return fault;
    detach(fault);
    return NULL;
}

static void *attach(struct request *request, const struct target *target, struct reply *reply, struct failure *f)
{
    struct delay_request wanted;
    if (read_latency(request, &wanted.options, f) || go_call_open(request, target, &wanted.call, f))
        return NULL;
    struct delay_fault *fault = request_refuse_unknown(request, f) ? NULL : new_fault(&wanted, target->pid, f);
    if (fault) {
        reply_word(reply, "mechanism", "uprobe, spinning in the kernel");
        reply_word(reply, "function", "%s", wanted.call.function.name);
        reply_number(reply, "seed", wanted.call.choice.seed);
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
    reply_number(reply, "t_on_ns", control_on(&fault->skeleton->bss->control));
    return 0;
}

static int off(void *arg, struct reply *reply, struct failure *f)
{
    (void)f;
    struct delay_fault *fault = arg;
    control_off(&fault->skeleton->bss->control);
    for (int ms = 0; fault->skeleton->bss->held && ms < LETTING_GO_MS; ms++)
        usleep(1000);
    go_watch_off(fault->watch);
    uint64_t cut = fault->skeleton->bss->cut;
    reply_number(reply, "drained", cut - fault->cut);
    fault->cut = cut;
    reply_number(reply, "t_off_ns", fault->skeleton->bss->control.off_ns);
    reply_number(reply, "t_last_sent_ns", 0);
    return 0;
}

static void stats(void *arg, struct reply *reply)
{
    struct delay_fault *fault = arg;
    control_stats(&fault->skeleton->bss->control, reply);
    reply_number(reply, "t_last_sent_ns", 0);
    reply_number(reply, "unfit", fault->skeleton->bss->unfit);
    hist_reply((const struct hist *)&fault->skeleton->bss->delay_hist, reply, "delay_hist");
    hist_reply((const struct hist *)&fault->skeleton->bss->error_hist, reply, "err_hist");
    go_watch_stats(fault->watch, reply);
}

/* Loads, and attaches to the first byte of our own file, which nobody executes. */
static void delay_probe(struct reply *reply)
{
    struct failure f = {0};
    const struct delay_request none = {0};
    struct godelay *skeleton = godelay_load_explained(configure, &none, &f);
    int link = skeleton ? uprobe_attach(skeleton->progs.go_delay.prog_fd, getpid(), 0, &f) : -1;
    probe_result(reply, "go_delay", link < 0 ? -1 : 0, &f);
    if (link >= 0)
        close(link);
    if (skeleton)
        godelay__destroy(skeleton);
}

const struct fault_kind godelay_kind = {
    .name = "godelay",
    .attach = attach,
    .on = on,
    .off = off,
    .stats = stats,
    .detach = detach,
    .probe = delay_probe,
};
