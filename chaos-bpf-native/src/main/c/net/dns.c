// SPDX-License-Identifier: Apache-2.0
/* kind=dns: queries for chosen names are answered at the egress of a device, or vanish there. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bpf_call.h"
#include "chaos.h"
#include "control.h"
#include "device.h"
#include "dns_escape.h"
#include "dns_name.h"
#include "dns_request.h"
#include "fault.h"
#include "lease.h"
#include "netns.h"
#include "probe.h"
#include "skeleton.h"
#include "tcp_sockets.h"

#include "dns.lskel.h"

struct dns_fault {
    struct dns *skeleton;
    struct dns_escape *escape;
    int link;
};

/* What is done in the namespace of the target. */
struct attachment {
    pid_t pid;
    int program;
    const char *dev;
    const struct dns_request *dns;
    struct reply *reply;
    int link;
    struct dns_escape *escape;
};

static void configure(struct dns *skeleton, const void *options)
{
    skeleton->rodata->options = *(const struct dns_options *)options;
}

SKELETON_LOADER(dns)

static int put_patterns(struct dns *skeleton, const struct dns_request *dns, struct failure *f)
{
    const uint32_t unused = 1;
    for (int i = 0; i < dns->pattern_count; i++)
        if (skel_map_update_elem(skeleton->maps.patterns.map_fd, &dns->patterns[i], &unused, 0))
            return fail_errno(f, FAILED, "storing DNS pattern %d of %d", i + 1, dns->pattern_count);
    return 0;
}

/* Before a delay at egress, so that a query answered here is not delayed too. */
static int attach_to_device(struct attachment *attachment, struct failure *f)
{
    bool loopback = !strcmp(attachment->dev, "lo"); /* number 1 in every namespace */
    int ifindex = loopback ? 1 : device_find(attachment->dev, f);
    if (ifindex < 0)
        return -1;
    attachment->link = tcx_attach(attachment->program, ifindex, TCX_EGRESS, TCX_FIRST, f);
    return attachment->link < 0 ? -1 : ifindex;
}

static int attach_in_namespace(void *arg, struct failure *f)
{
    struct attachment *attachment = arg;
    int ifindex = attach_to_device(attachment, f);
    if (ifindex < 0)
        return -1;
    attachment->escape = dns_escape_open(attachment->pid, ifindex, attachment->dns, attachment->reply, f);
    if (attachment->escape)
        return 0;
    close(attachment->link);
    return -1;
}

static int attach_skeleton(struct dns_fault *fault, const struct dns_request *dns, const struct target *target,
                           const char *dev, struct reply *reply, struct failure *f)
{
    struct attachment attachment = {
        .pid = target->pid,
        .program = fault->skeleton->progs.dns_egress.prog_fd,
        .dev = dev,
        .dns = dns,
        .reply = reply,
    };
    if (put_patterns(fault->skeleton, dns, f) || lease_hold(&fault->skeleton->bss->control, f))
        return -1;
    if (netns_run_of(target->pid, attach_in_namespace, &attachment, f)) {
        lease_release(&fault->skeleton->bss->control);
        return -1;
    }
    fault->link = attachment.link;
    fault->escape = attachment.escape;
    return 0;
}

static void *dns_attach(struct request *request, const struct target *target, struct reply *reply, struct failure *f)
{
    const char *dev = request_require(request, "dev", f);
    if (!dev)
        return NULL;
    struct dns_request *dns = malloc(sizeof *dns);
    struct dns_fault *fault = calloc(1, sizeof *fault);
    if (!dns || !fault)
        fail(f, FAILED, ENOMEM, "no memory for a DNS fault");
    else if (!dns_request_read(request, dns, f))
        fault->skeleton = dns_load_explained(configure, &dns->options, f);
    bool attached = fault && fault->skeleton && !attach_skeleton(fault, dns, target, dev, reply, f);
    free(dns);
    if (attached) {
        reply_word(reply, "mechanism", "tcx, answered in place");
        return fault;
    }
    if (fault && fault->skeleton)
        dns__destroy(fault->skeleton);
    free(fault);
    return NULL;
}

static int dns_on(void *arg, struct reply *reply, struct failure *f)
{
    (void)f;
    struct dns_fault *fault = arg;
    const struct dns_older older = {fault->skeleton->maps.older.map_fd, &fault->skeleton->bss->older_connections};
    reply_number(reply, "t_on_ns", control_on(&fault->skeleton->bss->control));
    reply_number(reply, "closed", dns_escape_begin(fault->escape, &older));
    return 0;
}

/* Nothing is ever held, so nothing is drained or sent. */
static void dns_lift(void *arg)
{
    control_off(&((struct dns_fault *)arg)->skeleton->bss->control);
}

static int dns_off(void *arg, struct reply *reply, struct failure *f)
{
    (void)f;
    struct dns_fault *fault = arg;
    dns_lift(fault);
    reply_number(reply, "drained", 0);
    reply_number(reply, "t_off_ns", fault->skeleton->bss->control.off_ns);
    reply_number(reply, "t_last_sent_ns", 0);
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

static void dns_stats(void *arg, struct reply *reply)
{
    struct dns_fault *fault = arg;
    control_stats(&fault->skeleton->bss->control, reply);
    reply_number(reply, "t_last_sent_ns", 0);
    reply_number(reply, "answered", fault->skeleton->bss->answered);
    reply_number(reply, "dropped", fault->skeleton->bss->dropped);
    reply_number(reply, "hit_a", fault->skeleton->bss->hit_a);
    reply_number(reply, "hit_aaaa", fault->skeleton->bss->hit_aaaa);
    dns_escape_stats(fault->escape, fault->skeleton->maps.older.map_fd, reply);
    add_names(fault->skeleton->maps.names.map_fd, reply);
}

static void dns_detach(void *arg)
{
    struct dns_fault *fault = arg;
    close(fault->link);
    dns_escape_close(fault->escape);
    lease_release(&fault->skeleton->bss->control);
    dns__destroy(fault->skeleton);
    free(fault);
}

/* In a namespace of its own: load, and attach to its loopback device. */
static void dns_probe(struct reply *reply)
{
    struct failure f = {0};
    struct dns_options options = {.action = DNS_RCODE};
    struct dns *skeleton = dns_load_explained(configure, &options, &f);
    struct attachment attachment = {.dev = "lo", .link = -1};
    int rc = -1;
    if (skeleton) {
        attachment.program = skeleton->progs.dns_egress.prog_fd;
        rc = attach_to_device(&attachment, &f) < 0 ? -1 : 0;
        if (!rc)
            close(attachment.link);
        dns__destroy(skeleton);
    }
    probe_result(reply, "dns", rc, &f);
    probe_result(reply, "dns_reconnect", tcp_sockets_try_destroy(&f), &f);
}

const struct fault_kind dns_kind = {
    .name = "dns",
    .attach = dns_attach,
    .on = dns_on,
    .lift = dns_lift,
    .off = dns_off,
    .stats = dns_stats,
    .detach = dns_detach,
    .probe = dns_probe,
};
