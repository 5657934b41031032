// SPDX-License-Identifier: Apache-2.0
/* kind=iouring: what a target asks of io_uring fails, comes late, or never completes. By the first mechanism that can.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fault.h"
#include "uring_kernel.h"
#include "uring_mechanism.h"

static const struct uring_mechanism *const mechanisms[] = {&uring_trampolines, &uring_seccomp};
#define MECHANISMS (sizeof mechanisms / sizeof *mechanisms)

struct uring_fault {
    const struct uring_mechanism *mechanism;
    void *fault;
};

static int read_request(struct request *request, struct uring_request *wanted, struct failure *f)
{
    memset(wanted, 0, sizeof *wanted);
    if (uring_options_parse(request, &wanted->options, f))
        return -1;
    wanted->keeper = request_get(request, "keeper");
    wanted->container = request_get(request, "container");
    wanted->mechanism = request_get(request, "mechanism");
    return request_refuse_unknown(request, f) || uring_kernel_has(&wanted->options, f) ? -1 : 0;
}

/* The latest refusal stays; of the earlier ones only what they said. */
static void note_refusal(const struct uring_mechanism *mechanism, const struct failure *refusal, char *earlier,
                         size_t size)
{
    snprintf(earlier + strlen(earlier), size - strlen(earlier), " (%s: %.300s)", mechanism->name, refusal->msg);
}

/* What holds neither a ring nor a processor comes first: by its keeper an operation is late by itself. */
static const struct uring_mechanism *mechanism_at(size_t i, const struct uring_request *wanted)
{
    bool late = wanted->options.operation == URING_OPCODE && wanted->options.latency_ns;
    return mechanisms[late && wanted->keeper ? MECHANISMS - 1 - i : i];
}

static bool is_wanted(const struct uring_mechanism *mechanism, const char *name)
{
    return !name || !strncmp(mechanism->name, name, strlen(name));
}

static int attach_by_first(const struct uring_request *wanted, const struct target *target, struct uring_fault *fault,
                           struct failure *f)
{
    char earlier[sizeof f->msg / 2] = "";
    fail(f, BAD_REQUEST, 0, "mechanism=%.40s: expected trampolines or seccomp", wanted->mechanism);
    for (size_t i = 0; i < MECHANISMS; i++) {
        const struct uring_mechanism *mechanism = mechanism_at(i, wanted);
        if (!is_wanted(mechanism, wanted->mechanism))
            continue;
        fault->mechanism = mechanism;
        fault->fault = mechanism->attach(wanted, target, f);
        if (fault->fault)
            return 0;
        if (i + 1 < MECHANISMS)
            note_refusal(mechanism, f, earlier, sizeof earlier);
    }
    if (!wanted->mechanism)
        snprintf(f->msg + strlen(f->msg), sizeof f->msg - strlen(f->msg), "%s", earlier);
    return -1;
}

static void *iouring_attach(struct request *request, const struct target *target, struct reply *reply,
                            struct failure *f)
{
    struct uring_request wanted;
    struct uring_fault *fault = read_request(request, &wanted, f) ? NULL : calloc(1, sizeof *fault);
    if (!fault)
        return NULL;
    if (!attach_by_first(&wanted, target, fault, f)) {
        reply_word(reply, "mechanism", "%s", fault->mechanism->name);
        return fault;
    }
    free(fault);
    return NULL;
}

static int iouring_on(void *arg, struct reply *reply, struct failure *f)
{
    struct uring_fault *fault = arg;
    return fault->mechanism->on(fault->fault, reply, f);
}

static void iouring_lift(void *arg)
{
    struct uring_fault *fault = arg;
    fault->mechanism->lift(fault->fault);
}

static int iouring_off(void *arg, struct reply *reply, struct failure *f)
{
    struct uring_fault *fault = arg;
    return fault->mechanism->off(fault->fault, reply, f);
}

static void iouring_stats(void *arg, struct reply *reply)
{
    struct uring_fault *fault = arg;
    fault->mechanism->stats(fault->fault, reply);
}

static void iouring_detach(void *arg)
{
    struct uring_fault *fault = arg;
    fault->mechanism->detach(fault->fault);
    free(fault);
}

static void iouring_probe(struct reply *reply)
{
    for (size_t i = 0; i < MECHANISMS; i++)
        mechanisms[i]->probe(reply);
}

const struct fault_kind iouring_kind = {
    .name = "iouring",
    .attach = iouring_attach,
    .on = iouring_on,
    .lift = iouring_lift,
    .off = iouring_off,
    .stats = iouring_stats,
    .detach = iouring_detach,
    .probe = iouring_probe,
};
