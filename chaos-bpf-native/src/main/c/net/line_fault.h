// SPDX-License-Identifier: Apache-2.0
/*
 * Faults that hold packets: program on the device -> ring buffer -> delay line -> packet socket (egress) or TAP
 * (ingress). All that is not a kind's own; a kind reads its options, which say when a packet is due.
 *
 * What is in flight takes the memory that its packets need, up to queue= bytes a direction (delay_options.h); besides,
 * a ring, all of it resident (queue.h). What has no room is dropped, as by a full queue, and counted as full=.
 */
#ifndef LINE_FAULT_H
#define LINE_FAULT_H

#include "delay_options.h"
#include "fault.h"

/* What an `attach` asks for. */
struct line_wanted {
    const char *dev;
    const struct hook *hook;
    struct delay_options options;
};

/* What the functions of a fault_kind are for such a kind. */
struct fault *line_fault_attach(void *wanted, const struct target *target, struct reply *reply, struct failure *f);
void line_fault_on(struct fault *fault, struct reply *reply);
void line_fault_lift(struct fault *fault);
int line_fault_settle(struct fault *fault, struct failure *f);
void line_fault_stats(struct fault *fault, struct reply *reply);
void line_fault_detach(struct fault *fault);

/* The same steps as attach on the loopback device of the calling thread's namespace. */
int line_fault_probe(const struct delay_options *options, struct failure *f);

/* Read the keys of a kind, dev= and what its own reader reads. New memory; NULL with the failure filled in. */
void *line_fault_prepare(struct request *request, const struct target *target,
                         int (*read)(struct request *, const struct target *, struct delay_options *, struct failure *),
                         struct failure *f);

#endif
