// SPDX-License-Identifier: Apache-2.0
/* The DNS program, loaded with the options of a request line and run on single packets without any device. */
#ifndef DNS_PROGRAM_H
#define DNS_PROGRAM_H

#include <errno.h>
#include <linux/bpf.h>
#include <net/if.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "bpf_call.h"
#include "chaos.h"
#include "delay.h"
#include "dns_packet.h"
#include "dns_request.h"

#include "dnschaos.lskel.h"

enum { PASSED = -1, REDIRECTED = 7 }; /* TCX_NEXT; TC_ACT_REDIRECT: an answer, or a silent drop */

static struct dnschaos *program;
static int device; /* the packets are run as if they left by this one */

/* A device that is not the loopback device, in a namespace that ends with us. */
static inline void make_device(void)
{
    if (unshare(CLONE_NEWNET) || system("ip link add eth0 type veth") || !(device = (int)if_nametoindex("eth0"))) {
        perror("making a network namespace with a device (are you root?)");
        exit(1);
    }
}

/* Load it, switched on, with a lease that never ends. What went before is unloaded. */
static inline void load(const char *line)
{
    static struct request request;
    static struct dns_request dns;
    struct failure failure = {.code = NULL};
    if (!device)
        make_device();
    if (program)
        dnschaos__destroy(program);
    if (request_parse(&request, line, &failure) || dns_request_read(&request, &dns, &failure)) {
        printf("%s: %s\n", line, failure.msg);
        exit(1);
    }
    program = dnschaos__open();
    if (program) {
        program->rodata->options = dns.options;
        program->maps.patterns.max_entries = dns.options.pattern_count;
        program->maps.held_ring.max_entries = DNS_HELD_SIZE;
    }
    if (!program || dnschaos__load(program)) {
        perror("the DNS program does not load (are you root?)");
        exit(1);
    }
    for (uint32_t i = 0; i < dns.options.pattern_count; i++)
        skel_map_update_elem(program->maps.patterns.map_fd, &i, &dns.patterns[i], 0);
    program->bss->control.lease_until_ns = UINT64_MAX;
    program->bss->control.mode = CHAOS_ON;
}

/* What it returned for the packet; *out is what became of that. */
static inline int run(const struct packet *in, struct packet *out)
{
    union bpf_attr attributes;
    memset(&attributes, 0, sizeof attributes);
    memset(out, 0, sizeof *out);
    struct __sk_buff context = {.ifindex = (uint32_t)device};
    attributes.test.prog_fd = (uint32_t)program->progs.dns_egress.prog_fd;
    attributes.test.data_in = (uintptr_t)in->bytes;
    attributes.test.data_size_in = (uint32_t)in->size;
    attributes.test.ctx_in = (uintptr_t)&context;
    attributes.test.ctx_size_in = sizeof context;
    attributes.test.data_out = (uintptr_t)out->bytes;
    attributes.test.data_size_out = sizeof out->bytes;
    if (syscall(SYS_bpf, BPF_PROG_TEST_RUN, &attributes, sizeof attributes)) {
        perror("BPF_PROG_TEST_RUN");
        return -errno - 1000;
    }
    out->size = attributes.test.data_size_out;
    out->udp = in->udp;
    return (int)attributes.test.retval;
}

#endif
