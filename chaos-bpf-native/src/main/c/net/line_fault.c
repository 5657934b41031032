// SPDX-License-Identifier: Apache-2.0
#include "line_fault.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "chaos.h"
#include "control.h"
#include "device.h"
#include "fault.h"
#include "hook.h"
#include "line.h"
#include "netns.h"
#include "probers.h"
#include "resend.h"
#include "skeleton.h"
#include "trace_options.h"

#include "networkdelay.lskel.h"

#define MOST_LINES 2
#define SPLIT_NS                                                                                                       \
    20000000 /* what is held for longer is less than a thread manages, as TCP lets no more be on its way               \
              */

struct line_fault {
    struct fault fault;
    struct delay_options options;
    uint32_t ring_size; /* of a direction that is used */
    struct networkdelay *skeleton;
    struct line lines[MOST_LINES]; /* each packet goes by that of its flow */
    int line_count, started;
    struct line_counts counts;
    int out, in; /* where they send to; -1: not that way */
    const struct hook *hook;
    struct hooked *egress, *ingress, *tap; /* NULL: none */
};

static uint32_t ring_size(const struct line_fault *fault, bool used)
{
    return used ? fault->ring_size : (uint32_t)sysconf(_SC_PAGESIZE);
}

/* For which a packet is held: behind a link, all that may wait before it. */
static uint64_t longest_ns(const struct delay_options *options)
{
    uint64_t rate = options->shaper.bits_per_second;
    uint64_t waits = rate ? (uint64_t)((double)options->limit * 8e9 / (double)rate) : 0;
    return options->jitter.latency_ns + options->jitter.spread_ns + waits;
}

static void configure(struct networkdelay *skeleton, const void *arg)
{
    const struct line_fault *fault = arg;
    const struct delay_options *options = &fault->options;
    skeleton->rodata->filter = options->packets.filter;
    skeleton->rodata->probers = options->probers;
    skeleton->rodata->trace = options->packets.trace;
    if (!options->probers.ports)
        skeleton->maps.probes.max_entries = 1;
    skeleton->rodata->limit = options->limit;
    skeleton->rodata->lines = (uint32_t)fault->line_count;
    skeleton->rodata->ring_high = queue_ring_high(fault->ring_size, longest_ns(options));
    bool split = fault->line_count > 1;
    skeleton->maps.egress_ring.max_entries = ring_size(fault, options->packets.egress);
    skeleton->maps.ingress_ring.max_entries = ring_size(fault, options->packets.ingress);
    skeleton->maps.egress_ring_2.max_entries = ring_size(fault, split && options->packets.egress);
    skeleton->maps.ingress_ring_2.max_entries = ring_size(fault, split && options->packets.ingress);
    skeleton->rodata->chance = options->ahead;
    skeleton->rodata->gap = options->gap;
}
SKELETON_LOADER(networkdelay)

/* ---- attach: what has to happen in the target's namespace ---- */

static int open_injectors(struct line_fault *fault, int ifindex, struct failure *f)
{
    int tap;
    fault->skeleton->bss->target_ifindex = (uint32_t)ifindex;
    if (fault->options.packets.egress && (fault->out = resend_open_egress(ifindex, CHAOS_MARK, f)) < 0)
        return -1;
    if (!fault->options.packets.ingress)
        return 0;
    fault->in = resend_open_ingress(&tap, f);
    if (fault->in < 0)
        return -1;
    fault->tap = hook_attach(fault->hook, fault->skeleton->progs.delay_tap.prog_fd, tap, HOOK_INGRESS, HOOK_LAST, f);
    return fault->tap ? 0 : -1;
}

static int go_on_device(struct line_fault *fault, int ifindex, struct failure *f)
{
    const struct filter_options *packets = &fault->options.packets;
    const struct networkdelay *skeleton = fault->skeleton;
    if (packets->ingress) {
        fault->ingress =
            hook_attach(fault->hook, skeleton->progs.delay_ingress.prog_fd, ifindex, HOOK_INGRESS, HOOK_LAST, f);
        if (!fault->ingress)
            return -1;
    }
    if (packets->egress)
        fault->egress =
            hook_attach(fault->hook, skeleton->progs.delay_egress.prog_fd, ifindex, HOOK_EGRESS, HOOK_LAST, f);
    fault->fault.hooked = packets->egress ? fault->egress : fault->ingress;
    return fault->fault.hooked ? 0 : -1;
}

struct placement {
    struct line_fault *fault;
    const char *dev;
};

/*
 * The programs on the device last: when the process is killed the kernel closes its descriptors from the highest down,
 * and closing a socket or a TAP takes milliseconds during which the programs would go on capturing.
 */
static int place(void *arg, struct failure *f)
{
    const struct placement *placement = arg;
    int ifindex = device_find(placement->dev, f);
    if (ifindex < 0 || open_injectors(placement->fault, ifindex, f))
        return -1;
    return go_on_device(placement->fault, ifindex, f);
}

/* ---- attach: the rest ---- */

/* Flows go by two threads where both have a processor, and where nothing is asked for that goes over all packets: an
 * order of draws, a rate, a limit that was named. */
static bool may_be_split(const struct delay_options *options)
{
    return longest_ns(options) <= SPLIT_NS && !options->jitter.spread_ns && !options->shaper.bits_per_second &&
           !options->queue_named && sysconf(_SC_NPROCESSORS_ONLN) > 1;
}

static struct line_fault *new_fault(const struct delay_options *options)
{
    struct line_fault *fault = calloc(1, sizeof *fault);
    if (!fault)
        return NULL;
    mlock(fault, sizeof *fault); /* best effort; the delay thread works in here */
    fault->options = *options;
    fault->ring_size = queue_ring_size(longest_ns(options));
    fault->line_count = fault->ring_size >= DELAY_RING_SIZE && may_be_split(options) ? MOST_LINES : 1;
    fault->out = fault->in = -1;
    return fault;
}

static int open_queue(const struct line_fault *fault, struct queue *q, int fd, int map, volatile __u64 *held,
                      struct failure *f)
{
    q->fd = fd;
    q->held = held;
    q->jitter = fault->options.jitter;
    q->shaper = fault->options.shaper;
    q->store.limit = fault->options.queue / (uint64_t)fault->line_count;
    q->store.named = fault->options.queue_named;
    return fd < 0 ? 0 : queue_open(q, map, fault->ring_size, longest_ns(&fault->options), f);
}

static int start_line(struct line_fault *fault, struct line *line, int egress_map, int ingress_map, struct failure *f)
{
    struct networkdelay *skeleton = fault->skeleton;
    if (open_queue(fault, &line->egress, fault->out, egress_map, &skeleton->bss->egress_held, f) ||
        open_queue(fault, &line->ingress, fault->in, ingress_map, &skeleton->bss->ingress_held, f))
        return -1;
    line->ingress.jitter.random = ~line->egress.jitter.random; /* the two directions draw independently */
    line->control = &skeleton->bss->control;
    line->counts = &fault->counts;
    line->twin = fault->line_count > 1 ? &fault->lines[line == fault->lines] : NULL;
    if (line_start(line, f))
        return -1;
    fault->started++;
    return 0;
}

static int start(struct line_fault *fault, const struct target *target, const char *dev, struct failure *f)
{
    struct placement placement = {fault, dev};
    fault->skeleton = networkdelay_load_explained(configure, fault, f);
    if (!fault->skeleton || netns_run_of(target->pid, place, &placement, f))
        return -1;
    const int egress[] = {fault->skeleton->maps.egress_ring.map_fd, fault->skeleton->maps.egress_ring_2.map_fd};
    const int ingress[] = {fault->skeleton->maps.ingress_ring.map_fd, fault->skeleton->maps.ingress_ring_2.map_fd};
    for (int i = 0; i < fault->line_count; i++)
        if (start_line(fault, &fault->lines[i], egress[i], ingress[i], f))
            return -1;
    return 0;
}

static void close_open(int fd)
{
    if (fd >= 0)
        close(fd);
}

/* Its programs first: closing one waits until its program no longer runs, so the line then holds all there will ever
 * be.
 */
void line_fault_detach(struct fault *attached)
{
    struct line_fault *fault = (struct line_fault *)attached;
    hook_close(fault->egress);
    hook_close(fault->ingress);
    for (int i = 0; i < fault->started; i++)
        line_stop(&fault->lines[i]);
    hook_close(fault->tap); /* the TAP's program carries the stragglers, so it goes last */
    close_open(fault->out);
    close_open(fault->in);
    for (int i = 0; i < fault->line_count; i++) {
        queue_close(&fault->lines[i].egress);
        queue_close(&fault->lines[i].ingress);
    }
    if (fault->skeleton)
        networkdelay__destroy(fault->skeleton);
    munlock(fault, sizeof *fault);
    free(fault);
}

void *line_fault_prepare(struct request *request, const struct target *target,
                         int (*read)(struct request *, const struct target *, struct delay_options *, struct failure *),
                         struct failure *f)
{
    struct line_wanted *wanted = calloc(1, sizeof *wanted);
    if (!wanted) {
        fail_errno(f, FAILED, "no memory for a delay line");
        return NULL;
    }
    wanted->dev = device_require(request, &wanted->hook, f);
    if (wanted->dev && !read(request, target, &wanted->options, f))
        return wanted;
    free(wanted);
    return NULL;
}

struct fault *line_fault_attach(void *arg, const struct target *target, struct reply *reply, struct failure *f)
{
    const struct line_wanted *wanted = arg;
    struct line_fault *fault = new_fault(&wanted->options);
    if (!fault) {
        fail_errno(f, FAILED, "no memory for a delay line");
        return NULL;
    }
    fault->hook = wanted->hook;
    if (start(fault, target, wanted->dev, f)) {
        line_fault_detach(&fault->fault);
        return NULL;
    }
    fault->fault.mechanism = "delay line";
    fault->fault.control = fault->lines[0].control;
    fault->fault.cut = &fault->counts.drained;
    fault->fault.last_sent_ns = &fault->counts.last_sent_ns;
    line_reply_rt(&fault->lines[0], reply);
    reply_number(reply, "seed", wanted->options.jitter.random);
    return &fault->fault;
}

/* ---- the switch ---- */

static void for_each_line(struct fault *attached, void (*what)(struct line *))
{
    struct line_fault *fault = (struct line_fault *)attached;
    for (int i = 0; i < fault->line_count; i++)
        what(&fault->lines[i]);
}

void line_fault_on(struct fault *fault, struct reply *reply)
{
    for_each_line(fault, line_run);
    fault_switch_on(fault, reply);
}

void line_fault_lift(struct fault *fault)
{
    for_each_line(fault, line_lift);
}

int line_fault_settle(struct fault *fault, struct failure *f)
{
    (void)f;
    for_each_line(fault, line_lift); /* before one is waited for: each waits for the other */
    for_each_line(fault, line_drain);
    return 0;
}

/* ---- stats ---- */

static void reply_reordered(const struct networkdelay *skeleton, struct reply *reply)
{
    reply_number(reply, "drawn", skeleton->bss->egress_chance.drawn + skeleton->bss->ingress_chance.drawn);
    reply_number(reply, "overtook", skeleton->bss->overtook);
}

void line_fault_stats(struct fault *attached, struct reply *reply)
{
    struct line_fault *fault = (struct line_fault *)attached;
    line_stats(&fault->lines[0], &fault->skeleton->bss->captured, reply);
    reply_number(reply, "connections", fault->skeleton->bss->connections);
    reply_number(reply, "full", fault->skeleton->bss->full);
    reply_number(reply, "skipped", fault->skeleton->bss->skipped);
    if (fault->options.gap)
        reply_reordered(fault->skeleton, reply);
    filter_stats(fault->skeleton->maps.endpoints.map_fd, reply);
    trace_stats(&fault->skeleton->rodata->trace, &fault->skeleton->bss->trace_seen, reply);
    if (fault->options.probers.ports)
        probers_stats(fault->skeleton->maps.probes.map_fd, fault->skeleton->bss->probe_packets, reply);
}

/* ---- probe: the same steps on the loopback device (interface 1) of a namespace of our own ---- */

int line_fault_probe(const struct delay_options *options, struct failure *f)
{
    struct line_fault *fault = new_fault(options);
    if (!fault)
        return fail_errno(f, FAILED, "no memory for a delay line");
    fault->skeleton = networkdelay_load_explained(configure, fault, f);
    int rc = !fault->skeleton || open_injectors(fault, 1, f) || go_on_device(fault, 1, f) ? -1 : 0;
    line_fault_detach(&fault->fault);
    return rc;
}
