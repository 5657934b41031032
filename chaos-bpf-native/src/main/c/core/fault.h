// SPDX-License-Identifier: Apache-2.0
/*
 * A kind of fault: what `attach kind=NAME` creates, by which mechanism, and what of on, off, stats and detach is its
 * own. All but lift and detach are called under one lock, so a kind needs none against other requests.
 *
 * To add a kind: one file with a `const struct fault_kind`, its declaration and its place in kinds.c.
 */
#ifndef FAULT_H
#define FAULT_H

#include "control.h"
#include "failure.h"
#include "reply.h"
#include "request.h"
#include "target.h"

struct hooked;

/* What is attached: the first member of a kind's own structure. Its lease is held and released by attach.h. */
struct fault {
    const struct fault_kind *kind;          /* these two are filled in for it */
    pid_t pid;                              /* of the target */
    const char *mechanism;                  /* in words, for the reply */
    const struct hooked *hooked;            /* of its programs on a device, one; NULL: it has none */
    volatile struct chaos_control *control; /* the switch and the counters */
    const volatile __u64 *held;             /* how many packets or calls are held now; NULL: none ever is */
    const volatile __u64 *cut;              /* of these, let go early since attach, because the fault ended; or NULL */
    const volatile __u64 *last_sent_ns;     /* NULL: nothing is ever sent on */
    uint64_t told_cut;                      /* as far as told to who asked for off */
};

struct fault_kind {
    const char *name;
    const char *mechanism; /* what mechanism=… calls it; NULL: the kind has only this one */

    /*
     * Read the kind's own keys, and make ready what its mechanisms share: they have this in common. New memory; NULL
     * with the failure filled in.
     */
    void *(*prepare)(struct request *request, const struct target *target, struct failure *f);
    void (*forget)(void *wanted); /* the opposite, once a mechanism is attached or none can be; NULL: free() */

    /*
     * Whether the program in the file binary= has what the kind's own keys name, other keys left alone; NULL: that is
     * known only of one that runs.
     */
    int (*check)(struct request *request, struct failure *f);

    /* Whether all other mechanisms come first for this; NULL: they do not. */
    bool (*comes_last)(const void *wanted);

    /*
     * Load and attach with the switch at PASS, so that nothing is touched yet. Words may be added to the reply. NULL
     * with the failure filled in otherwise, and then nothing is left behind.
     */
    struct fault *(*attach)(void *wanted, const struct target *target, struct reply *reply, struct failure *f);

    /* NULL: fault_switch_on(). */
    void (*on)(struct fault *fault, struct reply *reply);

    /*
     * Switch off and wait for nothing; NULL: control_off(). Any number of times, from any thread, beside other calls
     * but on() and detach(): when the helper ends, all faults are lifted first.
     */
    void (*lift)(struct fault *fault);

    /* Wait for what has to end once it is lifted; NULL: nothing but what is held. */
    int (*settle)(struct fault *fault, struct failure *f);

    /* Add what is counted beside the control; NULL: nothing. */
    void (*stats)(struct fault *fault, struct reply *reply);

    /* Close and free everything; called when it is off, beside requests about other faults (closing.h). */
    void (*detach)(struct fault *fault);

    /*
     * Add words of reply_outcome(). Runs in a network namespace of its own that has nothing but `lo`. NULL: another
     * mechanism does it.
     */
    void (*probe)(struct reply *reply);
};

/* All of them, NULL at the end. Those of one name are its mechanisms, in the order in which they are tried. */
extern const struct fault_kind *const fault_kinds[];

/* Switch it on, without anything of its kind's own; adds t_on_ns. */
void fault_switch_on(struct fault *fault, struct reply *reply);

/* What on, off and stats do with any fault. Off is idempotent, and adds drained, t_off_ns, t_last_sent_ns. */
void fault_on(struct fault *fault, struct reply *reply);
void fault_lift(struct fault *fault);
int fault_off(struct fault *fault, struct reply *reply, struct failure *f);
void fault_stats(struct fault *fault, struct reply *reply);

#endif
