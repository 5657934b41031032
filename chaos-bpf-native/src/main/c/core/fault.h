// SPDX-License-Identifier: Apache-2.0
/*
 * A kind of fault: what `attach kind=NAME` creates and what on, off, stats and detach do with it. The registry calls
 * attach, on, off, stats and probe under one lock, so a kind needs none against other requests.
 *
 * To add a kind: one file with a `const struct fault_kind`, one line in kinds[] of registry.c.
 */
#ifndef FAULT_H
#define FAULT_H

#include "failure.h"
#include "reply.h"
#include "request.h"
#include "target.h"

struct fault_kind {
    const char *name;

    /*
     * Read the kind's own keys from the request, then call request_refuse_unknown(); load and attach with the switch at
     * PASS, so that nothing is touched yet. Words may be added to the reply. NULL with the failure filled in otherwise,
     * and then nothing is left behind.
     */
    void *(*attach)(struct request *request, const struct target *target, struct reply *reply, struct failure *f);

    /* Add t_on_ns. */
    int (*on)(void *fault, struct reply *reply, struct failure *f);

    /*
     * Switch off and wait for nothing, off() does that. Any number of times, from any thread, beside other calls but
     * on() and detach(): when the helper ends, all faults are lifted first.
     */
    void (*lift)(void *fault);

    /* Back to PASS; idempotent; add drained, t_off_ns, t_last_sent_ns. Never an error because the target is gone. */
    int (*off)(void *fault, struct reply *reply, struct failure *f);

    void (*stats)(void *fault, struct reply *reply);

    /* Close and free everything; called after off(), beside requests about other faults (closing.h). */
    void (*detach)(void *fault);

    /* Add probe words (probe.h). Runs in a network namespace of its own that has nothing but `lo`. */
    void (*probe)(struct reply *reply);
};

#endif
