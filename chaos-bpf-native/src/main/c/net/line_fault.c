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

#include "networkdelay.lskel.h"

struct line_fault {
    struct fault fault;
    struct delay_options options;
    uint32_t ring_size; /* of a direction that is used */
    struct networkdelay *skeleton;
    struct line line;
    const struct hook *hook;
    struct hooked *egress, *ingress, *tap; /* NULL: none */
    bool started;
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
    if (!options->probers.ports)
        skeleton->maps.probes.max_entries = 1;
    skeleton->rodata->limit = options->limit;
    skeleton->rodata->ring_high = queue_ring_high(fault->ring_size, longest_ns(options));
    skeleton->maps.egress_ring.max_entries = ring_size(fault, options->packets.egress);
    skeleton->maps.ingress_ring.max_entries = ring_size(fault, options->packets.ingress);
}
SKELETON_LOADER(networkdelay)

/* ---- attach: what has to happen in the target's namespace ---- */

static int open_injectors(struct line_fault *fault, int ifindex, struct failure *f)
{
    int tap;
    fault->skeleton->bss->target_ifindex = (uint32_t)ifindex;
    if (fault->options.packets.egress && (fault->line.egress.fd = resend_open_egress(ifindex, CHAOS_MARK, f)) < 0)
        return -1;
    if (!fault->options.packets.ingress)
        return 0;
    fault->line.ingress.fd = resend_open_ingress(&tap, f);
    if (fault->line.ingress.fd < 0)
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

static struct line_fault *new_fault(const struct delay_options *options)
{
    struct line_fault *fault = calloc(1, sizeof *fault);
    if (!fault)
        return NULL;
    mlock(fault, sizeof *fault); /* best effort; the delay thread works in here */
    fault->options = *options;
    fault->ring_size = queue_ring_size(longest_ns(options));
    fault->line.egress.fd = fault->line.ingress.fd = -1;
    fault->line.egress.jitter = fault->line.ingress.jitter = options->jitter;
    fault->line.egress.shaper = fault->line.ingress.shaper = options->shaper;
    fault->line.ingress.jitter.random = ~options->jitter.random; /* the two directions draw independently */
    return fault;
}

static int open_queue(const struct line_fault *fault, struct queue *q, int map, volatile __u64 *held, struct failure *f)
{
    q->held = held;
    q->store.limit = fault->options.queue;
    q->store.named = fault->options.queue_named;
    return q->fd < 0 ? 0 : queue_open(q, map, fault->ring_size, longest_ns(&fault->options), f);
}

static int start(struct line_fault *fault, const struct target *target, const char *dev, struct failure *f)
{
    struct placement placement = {fault, dev};
    fault->skeleton = networkdelay_load_explained(configure, fault, f);
    if (!fault->skeleton || netns_run_of(target->pid, place, &placement, f) ||
        open_queue(fault, &fault->line.egress, fault->skeleton->maps.egress_ring.map_fd,
                   &fault->skeleton->bss->egress_held, f) ||
        open_queue(fault, &fault->line.ingress, fault->skeleton->maps.ingress_ring.map_fd,
                   &fault->skeleton->bss->ingress_held, f))
        return -1;
    fault->line.control = &fault->skeleton->bss->control;
    fault->started = !line_start(&fault->line, f);
    return fault->started ? 0 : -1;
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
    if (fault->started)
        line_stop(&fault->line);
    hook_close(fault->tap); /* the TAP's program carries the stragglers, so it goes last */
    close_open(fault->line.egress.fd);
    close_open(fault->line.ingress.fd);
    queue_close(&fault->line.egress);
    queue_close(&fault->line.ingress);
    if (fault->skeleton)
        networkdelay__destroy(fault->skeleton);
    munlock(fault, sizeof *fault);
    free(fault);
}

static void reply_rt(const struct line_fault *fault, struct reply *reply)
{
    if (fault->line.rt_errno)
        reply_word(reply, "rt", "no:%s", errno_name(fault->line.rt_errno));
    else
        reply_word(reply, "rt", "yes");
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
    fault->fault.control = fault->line.control;
    fault->fault.cut = &fault->line.drained;
    fault->fault.last_sent_ns = &fault->line.last_sent_ns;
    reply_rt(fault, reply);
    reply_number(reply, "seed", wanted->options.jitter.random);
    return &fault->fault;
}

/* ---- the switch ---- */

void line_fault_on(struct fault *fault, struct reply *reply)
{
    line_run(&((struct line_fault *)fault)->line);
    fault_switch_on(fault, reply);
}

void line_fault_lift(struct fault *fault)
{
    line_lift(&((struct line_fault *)fault)->line);
}

int line_fault_settle(struct fault *fault, struct failure *f)
{
    (void)f;
    line_drain(&((struct line_fault *)fault)->line);
    return 0;
}

/* ---- stats ---- */

void line_fault_stats(struct fault *attached, struct reply *reply)
{
    struct line_fault *fault = (struct line_fault *)attached;
    const struct line *line = &fault->line;
    uint64_t gone = line->sent + line->send_errors; /* before captured, which only grows: held is never negative */
    reply_number(reply, "captured", line->control->hit);
    reply_number(reply, "sent", line->sent);
    reply_number(reply, "send_errors", line->send_errors);
    reply_number(reply, "held", line->control->hit - gone);
    reply_number(reply, "connections", fault->skeleton->bss->connections);
    reply_number(reply, "full", fault->skeleton->bss->full);
    reply_number(reply, "skipped", fault->skeleton->bss->skipped);
    reply_rt(fault, reply);
    hist_reply(&line->error_us, reply, "err_hist");
    hist_reply(&line->delay_us, reply, "delay_hist");
    filter_stats(fault->skeleton->maps.endpoints.map_fd, reply);
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
