// SPDX-License-Identifier: Apache-2.0
/* The mechanisms that hold a call of a Go function, and what they count. */
#ifndef GO_HOLD_H
#define GO_HOLD_H

#include "chaos.h"
#include "go_call.h"
#include "go_turn.h"
#include "go_watch.h"
#include "godelay.h"
#include "hist.h"
#include "uprobe.h"

struct go_delay {
    struct go_call call;
    struct godelay_options options;
    struct go_watch *watch; /* of the process; whoever attaches takes it along */
};

struct go_hold {
    const char *mechanism;
    volatile struct chaos_control *control; /* these live in the memory of the BPF programs */
    const volatile __u64 *held, *cut, *unfit, *labelled;
    const volatile __u64 *none_left_ns; /* spinning: how long no processor of the program was left; else NULL */
    int processors;                     /* spinning: that the program has */
    const struct hist *delay, *error;
    struct uprobe probes[2];  /* the one that faults is the last */
    pid_t traced;             /* by our tracer; 0: by none */
    struct go_turn_site site; /* of the tracer */
    void *skeleton;
    void (*destroy)(void *skeleton);
};

/*
 * One for each mechanism: 0, or -1; then what hold says is attached is to be detached all the same.
 *
 * The goroutine gives up its processor until its time is over. Fails where BPF programs may not write registers.
 */
int go_yield_attach(const struct go_delay *wanted, pid_t pid, struct go_hold *hold, struct failure *f);

/* A tracer makes the goroutine sleep, or give up its processor as if preempted. Fail where something else traces. */
int go_sleep_attach(const struct go_delay *wanted, pid_t pid, struct go_hold *hold, struct failure *f);
int go_preempt_attach(const struct go_delay *wanted, pid_t pid, struct go_hold *hold, struct failure *f);

/* The thread spins in the kernel, and keeps its processor. */
int go_spin_attach(const struct go_delay *wanted, pid_t pid, struct go_hold *hold, struct failure *f);

/* What one of these has attached, even if it then failed. */
void go_hold_detach(struct go_hold *hold);
uint64_t go_hold_closing_ms(const struct go_hold *hold); /* of uprobe.h */

#endif
