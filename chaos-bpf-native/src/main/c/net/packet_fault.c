// SPDX-License-Identifier: Apache-2.0
#include "packet_fault.h"

#include "clock.h"
#include "device.h"
#include "hook.h"
#include "netns.h"
#include "probers.h"
#include "trace_options.h"

#define LOOPBACK 1 /* its interface index, in every namespace */

struct packet_fault {
    struct fault fault;
    const struct packet_kind *kind;
    struct packet_programs programs;
    bool probed;                     /* a port of the pod is */
    struct hooked *egress, *ingress; /* NULL: none */
};

/* ---- what is asked for ---- */

static int read_keys(struct request *request, const struct target *target, struct packet_wanted *wanted,
                     struct failure *f)
{
    wanted->seed = clock_now_ns();
    wanted->dev = device_require(request, &wanted->hook, f);
    return !wanted->dev || filter_options_parse(request, &wanted->packets, f) ||
                   (wanted->kind->traces && trace_options_parse(request, &wanted->packets, f)) ||
                   probers_parse(request, target->pid, &wanted->probers, f) ||
                   request_number(request, "seed", 0, UINT64_MAX, &wanted->seed, f) ||
                   (wanted->kind->read && wanted->kind->read(request, wanted, wanted->own, f))
               ? -1
               : 0;
}

static struct packet_wanted *new_wanted(const struct packet_kind *kind, struct failure *f)
{
    struct packet_wanted *wanted = calloc(1, sizeof *wanted + kind->own_size);
    if (wanted)
        wanted->kind = kind;
    else
        fail(f, FAILED, ENOMEM, "no memory for a fault on packets");
    return wanted;
}

void *packet_fault_prepare(const struct packet_kind *kind, struct request *request, const struct target *target,
                           struct failure *f)
{
    struct packet_wanted *wanted = new_wanted(kind, f);
    if (!wanted || !read_keys(request, target, wanted, f))
        return wanted;
    free(wanted);
    return NULL;
}

/* ---- attach and detach ---- */

/* Before the delay line, which sends on what nobody meets a second time. */
static int go_on_device(struct packet_fault *fault, const struct packet_wanted *wanted, int ifindex, struct failure *f)
{
    const struct filter_options *packets = &wanted->packets;
    if (packets->ingress) {
        fault->ingress = hook_attach(wanted->hook, fault->programs.ingress, ifindex, HOOK_INGRESS, HOOK_FIRST, f);
        if (!fault->ingress)
            return -1;
    }
    if (packets->egress)
        fault->egress = hook_attach(wanted->hook, fault->programs.egress, ifindex, HOOK_EGRESS, HOOK_FIRST, f);
    fault->fault.hooked = packets->egress ? fault->egress : fault->ingress;
    return fault->fault.hooked ? 0 : -1;
}

struct placement {
    struct packet_fault *fault;
    const struct packet_wanted *wanted;
};

static int place(void *arg, struct failure *f)
{
    const struct placement *placement = arg;
    int ifindex = device_find(placement->wanted->dev, f);
    return ifindex < 0 ? -1 : go_on_device(placement->fault, placement->wanted, ifindex, f);
}

static struct packet_fault *new_fault(const struct packet_wanted *wanted, struct failure *f)
{
    struct packet_fault *fault = calloc(1, sizeof *fault);
    if (!fault) {
        fail(f, FAILED, ENOMEM, "no memory for a fault on packets");
        return NULL;
    }
    fault->kind = wanted->kind;
    fault->probed = wanted->probers.ports;
    if (!fault->kind->load(wanted, &fault->programs, f))
        return fault;
    free(fault);
    return NULL;
}

void packet_fault_detach(struct fault *attached)
{
    struct packet_fault *fault = (struct packet_fault *)attached;
    hook_close(fault->egress);
    hook_close(fault->ingress);
    fault->kind->unload(fault->programs.skeleton);
    free(fault);
}

struct fault *packet_fault_attach(void *arg, const struct target *target, struct reply *reply, struct failure *f)
{
    const struct packet_wanted *wanted = arg;
    struct packet_fault *fault = new_fault(wanted, f);
    struct placement placement = {fault, wanted};
    if (!fault)
        return NULL;
    if (netns_run_of(target->pid, place, &placement, f)) {
        packet_fault_detach(&fault->fault);
        return NULL;
    }
    fault->fault.mechanism = fault->kind->mechanism;
    fault->fault.control = fault->programs.control;
    reply_number(reply, "seed", wanted->seed);
    return &fault->fault;
}

/* ---- stats and probe ---- */

void packet_fault_stats(struct fault *attached, struct reply *reply)
{
    const struct packet_fault *fault = (const struct packet_fault *)attached;
    const struct packet_programs *programs = &fault->programs;
    reply_number(reply, "connections", *programs->connections);
    if (fault->kind->stats)
        fault->kind->stats(programs->skeleton, reply);
    filter_stats(programs->endpoints, reply);
    trace_stats(programs->trace, programs->trace_seen, reply);
    if (fault->probed)
        probers_stats(programs->probes, *programs->probe_packets, reply);
}

/* The same steps on the loopback device of a namespace of our own. */
static int try_loopback(const struct packet_wanted *wanted, struct failure *f)
{
    struct packet_fault *fault = new_fault(wanted, f);
    if (!fault)
        return -1;
    int rc = go_on_device(fault, wanted, LOOPBACK, f);
    packet_fault_detach(&fault->fault);
    return rc;
}

void packet_fault_probe(const struct packet_kind *kind, struct reply *reply)
{
    struct failure f;
    struct packet_wanted *wanted = new_wanted(kind, &f);
    int rc = -1;
    if (wanted) {
        wanted->packets.egress = wanted->packets.ingress = true;
        rc = try_loopback(wanted, &f);
    }
    reply_outcome(reply, kind->name, rc, &f);
    free(wanted);
}
