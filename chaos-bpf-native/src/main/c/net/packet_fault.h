// SPDX-License-Identifier: Apache-2.0
/*
 * Faults whose whole work is one BPF program a direction on the device of a pod: all that is not a kind's own. Such a
 * kind is a program on meet.bpf.h, and a file like networkloss.c:
 *
 *     static void configure(struct networkloss *skeleton, const void *own) { skeleton->rodata->… = …; }
 *     PACKET_SKELETON(networkloss, loss)            the programs are loss_egress and loss_ingress
 *     static const struct packet_kind loss = { … };
 *     PACKET_FAULT(networkloss, loss)
 */
#ifndef PACKET_FAULT_H
#define PACKET_FAULT_H

#include <errno.h>
#include <stdlib.h>

#include "delay.h"
#include "fault.h"
#include "filter_options.h"
#include "skeleton.h"

/* What an `attach` asks for. */
struct packet_wanted {
    const struct packet_kind *kind;
    const char *dev;
    const struct hook *hook; /* hook=; NULL: the first that the kernel has */
    uint64_t seed;           /* seed=, or one that is drawn */
    struct filter_options packets;
    struct delay_probers probers;
    uint64_t own[]; /* packet_kind.own_size bytes */
};

/* A loaded skeleton, as far as all kinds have the same in it. */
struct packet_programs {
    void *skeleton;
    int egress, ingress;   /* programs */
    int endpoints, probes; /* maps */
    volatile struct chaos_control *control;
    const volatile __u64 *connections, *probe_packets;
    const volatile struct trace_filter *trace;
    const volatile struct trace_counts *trace_seen;
};

struct packet_kind {
    const char *name;      /* in the reply to `probe` */
    const char *mechanism; /* in words */
    size_t own_size;
    bool traces; /* one request may be meant */

    /* Read the kind's own keys. */
    int (*read)(struct request *request, const struct packet_wanted *wanted, void *own, struct failure *f);

    /* Both are made by PACKET_SKELETON. */
    int (*load)(const struct packet_wanted *wanted, struct packet_programs *programs, struct failure *f);
    void (*unload)(void *skeleton);

    /* Add what the kind counts beside what all do; NULL: nothing. */
    void (*stats)(const void *skeleton, struct reply *reply);
};

/* What the functions of a fault_kind are for such a kind. */
void *packet_fault_prepare(const struct packet_kind *kind, struct request *request, const struct target *target,
                           struct failure *f);
struct fault *packet_fault_attach(void *wanted, const struct target *target, struct reply *reply, struct failure *f);
void packet_fault_stats(struct fault *fault, struct reply *reply);
void packet_fault_detach(struct fault *fault);
void packet_fault_probe(const struct packet_kind *kind, struct reply *reply);

#define PACKET_SKELETON(T, PROGRAM)                                                                                    \
    static void T##_configure(struct T *skeleton, const void *arg)                                                     \
    {                                                                                                                  \
        const struct packet_wanted *wanted = arg;                                                                      \
        skeleton->rodata->filter = wanted->packets.filter;                                                             \
        skeleton->rodata->probers = wanted->probers;                                                                   \
        skeleton->rodata->trace = wanted->packets.trace;                                                               \
        if (!wanted->probers.ports)                                                                                    \
            skeleton->maps.probes.max_entries = 1;                                                                     \
        configure(skeleton, wanted->own);                                                                              \
    }                                                                                                                  \
    SKELETON_LOADER(T)                                                                                                 \
    static int PROGRAM##_load(const struct packet_wanted *wanted, struct packet_programs *programs, struct failure *f) \
    {                                                                                                                  \
        struct T *skeleton = T##_load_explained(T##_configure, wanted, f);                                             \
        if (!skeleton)                                                                                                 \
            return -1;                                                                                                 \
        *programs = (struct packet_programs){                                                                          \
            .skeleton = skeleton,                                                                                      \
            .egress = skeleton->progs.PROGRAM##_egress.prog_fd,                                                        \
            .ingress = skeleton->progs.PROGRAM##_ingress.prog_fd,                                                      \
            .endpoints = skeleton->maps.endpoints.map_fd,                                                              \
            .probes = skeleton->maps.probes.map_fd,                                                                    \
            .control = &skeleton->bss->control,                                                                        \
            .connections = &skeleton->bss->connections,                                                                \
            .probe_packets = &skeleton->bss->probe_packets,                                                            \
            .trace = &skeleton->rodata->trace,                                                                         \
            .trace_seen = &skeleton->bss->trace_seen,                                                                  \
        };                                                                                                             \
        return 0;                                                                                                      \
    }                                                                                                                  \
    static void PROGRAM##_unload(void *skeleton)                                                                       \
    {                                                                                                                  \
        T##__destroy(skeleton);                                                                                        \
    }

#define PACKET_FAULT(T, KIND)                                                                                          \
    static void *T##_prepare(struct request *request, const struct target *target, struct failure *f)                  \
    {                                                                                                                  \
        return packet_fault_prepare(&KIND, request, target, f);                                                        \
    }                                                                                                                  \
    static void T##_probe(struct reply *reply)                                                                         \
    {                                                                                                                  \
        packet_fault_probe(&KIND, reply);                                                                              \
    }                                                                                                                  \
    const struct fault_kind T##_kind = {                                                                               \
        .name = #T,                                                                                                    \
        .prepare = T##_prepare,                                                                                        \
        .attach = packet_fault_attach,                                                                                 \
        .stats = packet_fault_stats,                                                                                   \
        .detach = packet_fault_detach,                                                                                 \
        .probe = T##_probe,                                                                                            \
    };

#endif
