// SPDX-License-Identifier: Apache-2.0
/* kind=dnschaos: queries for chosen names are answered at the egress of a device, vanish there, or are held. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "bpf_call.h"
#include "chaos.h"
#include "control.h"
#include "device.h"
#include "dns_escape.h"
#include "dns_line.h"
#include "dns_name.h"
#include "dns_request.h"
#include "fault.h"
#include "hook.h"
#include "netns.h"
#include "skeleton.h"
#include "tcp_sockets.h"

#include "dnschaos.lskel.h"

struct dns_fault {
    struct fault fault;
    struct dnschaos *skeleton;
    struct dns_escape *escape;
    struct dns_line *line; /* NULL: no query is held */
    struct hooked *hooked;
};

struct dns_wanted {
    const char *dev;
    const struct hook *hook;
    struct dns_request dns;
};

/* What is done in the namespace of the target. */
struct attachment {
    pid_t pid;
    const struct hook *hook;
    int program;
    const char *dev;
    const struct dns_request *dns;
    struct reply *reply;
    struct hooked *hooked;
    struct dns_line *line;
    struct dns_escape *escape;
};

static void configure(struct dnschaos *skeleton, const void *options)
{
    skeleton->rodata->options = *(const struct dns_options *)options;
    skeleton->maps.patterns.max_entries = skeleton->rodata->options.pattern_count;
    skeleton->maps.held_ring.max_entries =
        skeleton->rodata->options.action == DNS_DELAY ? DNS_HELD_SIZE : (uint32_t)sysconf(_SC_PAGESIZE);
}

SKELETON_LOADER(dnschaos)

static int put_patterns(struct dnschaos *skeleton, const struct dns_request *dns, struct failure *f)
{
    for (uint32_t i = 0; i < dns->options.pattern_count; i++)
        if (skel_map_update_elem(skeleton->maps.patterns.map_fd, &i, &dns->patterns[i], 0))
            return fail_errno(f, FAILED, "storing DNS pattern %u of %u", i + 1, dns->options.pattern_count);
    return 0;
}

/* What is sent into the loopback device has no route there, so that it cannot be held. */
static int find_device(const char *dev, bool held, struct failure *f)
{
    return !strcmp(dev, "lo") && !held ? 1 : device_find(dev, f); /* number 1 in every namespace */
}

/* Before all that does something to packets: a query answered here meets none of it, one held here meets it later. */
static int attach_to_device(struct attachment *attachment, int ifindex, struct failure *f)
{
    attachment->hooked = hook_attach(attachment->hook, attachment->program, ifindex, HOOK_EGRESS, HOOK_FIRST, f);
    return attachment->hooked ? 0 : -1;
}

/* The link after the line's socket: the kernel closes those of a killed process from the highest down. */
static int attach_in_namespace(void *arg, struct failure *f)
{
    struct attachment *attachment = arg;
    bool held = attachment->dns->options.action == DNS_DELAY;
    int ifindex = find_device(attachment->dev, held, f);
    if (ifindex < 0 || (held && !(attachment->line = dns_line_open(ifindex, &attachment->dns->delay, f))))
        return -1;
    if (!attach_to_device(attachment, ifindex, f)) {
        attachment->escape = dns_escape_open(attachment->pid, ifindex, attachment->dns, attachment->reply, f);
        if (attachment->escape)
            return 0;
        hook_close(attachment->hooked);
    }
    dns_line_close(attachment->line);
    return -1;
}

static int attach_skeleton(struct dns_fault *fault, const struct dns_wanted *wanted, const struct target *target,
                           struct reply *reply, struct failure *f)
{
    struct attachment attachment = {
        .pid = target->pid,
        .hook = wanted->hook,
        .program = fault->skeleton->progs.dns_egress.prog_fd,
        .dev = wanted->dev,
        .dns = &wanted->dns,
        .reply = reply,
    };
    if (put_patterns(fault->skeleton, &wanted->dns, f) ||
        netns_run_of(target->pid, attach_in_namespace, &attachment, f))
        return -1;
    fault->hooked = attachment.hooked;
    fault->fault.hooked = fault->hooked;
    fault->line = attachment.line;
    fault->escape = attachment.escape;
    return 0;
}

/* The link first: closing it waits until the program no longer runs, so the line then holds all there will ever be. */
static void dns_detach(struct fault *attached)
{
    struct dns_fault *fault = (struct dns_fault *)attached;
    hook_close(fault->hooked);
    dns_escape_close(fault->escape);
    dns_line_close(fault->line);
    dnschaos__destroy(fault->skeleton);
    free(fault);
}

static struct fault *start(struct dns_fault *fault, struct failure *f)
{
    struct dns_line *line = fault->line;
    fault->fault.mechanism = line ? "delay line" : "answered in place";
    fault->fault.control = &fault->skeleton->bss->control;
    if (!line)
        return &fault->fault;
    fault->fault.cut = &line->counts.drained;
    fault->fault.last_sent_ns = &line->counts.last_sent_ns;
    if (!dns_line_start(line, fault->skeleton->maps.held_ring.map_fd, fault->fault.control, f))
        return &fault->fault;
    dns_detach(&fault->fault);
    return NULL;
}

static void *dns_prepare(struct request *request, const struct target *target, struct failure *f)
{
    (void)target;
    struct dns_wanted *wanted = calloc(1, sizeof *wanted);
    if (!wanted) {
        fail(f, FAILED, ENOMEM, "no memory for a DNS fault");
        return NULL;
    }
    wanted->dev = device_require(request, &wanted->hook, f);
    if (wanted->dev && !dns_request_read(request, &wanted->dns, f))
        return wanted;
    free(wanted);
    return NULL;
}

static struct fault *dns_attach(void *arg, const struct target *target, struct reply *reply, struct failure *f)
{
    const struct dns_wanted *wanted = arg;
    struct dns_fault *fault = calloc(1, sizeof *fault);
    if (!fault) {
        fail(f, FAILED, ENOMEM, "no memory for a DNS fault");
        return NULL;
    }
    fault->skeleton = dnschaos_load_explained(configure, &wanted->dns.options, f);
    if (fault->skeleton && !attach_skeleton(fault, wanted, target, reply, f))
        return start(fault, f);
    if (fault->skeleton)
        dnschaos__destroy(fault->skeleton);
    free(fault);
    return NULL;
}

static void dns_on(struct fault *attached, struct reply *reply)
{
    struct dns_fault *fault = (struct dns_fault *)attached;
    const struct dns_older older = {fault->skeleton->maps.older.map_fd, &fault->skeleton->bss->older_connections};
    if (fault->line)
        line_run(&fault->line->line);
    fault_switch_on(attached, reply);
    reply_number(reply, "closed", dns_escape_begin(fault->escape, &older));
}

static void dns_lift(struct fault *attached)
{
    const struct dns_fault *fault = (const struct dns_fault *)attached;
    if (fault->line)
        line_lift(&fault->line->line);
    else
        control_off(attached->control);
}

static int dns_settle(struct fault *attached, struct failure *f)
{
    const struct dns_fault *fault = (const struct dns_fault *)attached;
    (void)f;
    if (fault->line)
        line_drain(&fault->line->line);
    return 0;
}

/* names=NAME/QTYPE:count,… */
static void add_names(int map, struct reply *reply)
{
    struct dns_seen name, *previous = NULL;
    const char *separator = "";
    reply_word(reply, "names", "%s", "");
    for (int i = 0; i < DNS_SEEN_MAX && !map_next_key(map, previous, &name); i++, previous = &name) {
        char text[DNS_NAME_TEXT], qtype[16];
        uint64_t count = 0;
        map_lookup(map, &name, &count);
        dns_name_text(name.name, text);
        dns_qtype_text(name.qtype, qtype);
        reply_more(reply, "%s%s/%s:%llu", separator, text, qtype, (unsigned long long)count);
        separator = ",";
    }
}

static void dns_stats(struct fault *attached, struct reply *reply)
{
    const struct dns_fault *fault = (const struct dns_fault *)attached;
    reply_number(reply, "drawn", fault->skeleton->bss->control.matched);
    reply_number(reply, "answered", fault->skeleton->bss->answered);
    reply_number(reply, "dropped", fault->skeleton->bss->dropped);
    reply_number(reply, "reset", fault->skeleton->bss->resets);
    reply_number(reply, "hit_tcp", fault->skeleton->bss->hit_tcp);
    reply_number(reply, "passed_tcp", fault->skeleton->bss->passed_tcp);
    reply_number(reply, "hit_a", fault->skeleton->bss->hit_a);
    reply_number(reply, "hit_aaaa", fault->skeleton->bss->hit_aaaa);
    reply_number(reply, "full", fault->skeleton->bss->full);
    if (fault->line)
        dns_line_stats(fault->line, reply);
    dns_escape_stats(fault->escape, fault->skeleton->maps.older.map_fd, reply);
    add_names(fault->skeleton->maps.names.map_fd, reply);
}

/* In a namespace of its own: load, and attach to its loopback device. */
static void dns_probe(struct reply *reply)
{
    struct failure f = {0};
    struct dns_options options = {.action = DNS_EMPTY, .pattern_count = 1};
    struct dnschaos *skeleton = dnschaos_load_explained(configure, &options, &f);
    struct attachment attachment = {0};
    int rc = -1;
    if (skeleton) {
        attachment.program = skeleton->progs.dns_egress.prog_fd;
        rc = attach_to_device(&attachment, 1, &f);
        hook_close(attachment.hooked);
        dnschaos__destroy(skeleton);
    }
    reply_outcome(reply, "dns", rc, &f);
    reply_outcome(reply, "dns_reconnect", tcp_sockets_try_destroy(&f), &f);
}

const struct fault_kind dnschaos_kind = {
    .name = "dnschaos",
    .prepare = dns_prepare,
    .attach = dns_attach,
    .on = dns_on,
    .lift = dns_lift,
    .settle = dns_settle,
    .stats = dns_stats,
    .detach = dns_detach,
    .probe = dns_probe,
};
