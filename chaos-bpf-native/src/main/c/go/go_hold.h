// SPDX-License-Identifier: Apache-2.0
/* The mechanisms that hold a call of a Go function, and what they count. */
#ifndef GO_HOLD_H
#define GO_HOLD_H

#include "chaos.h"
#include "go_call.h"
#include "go_turn.h"
#include "godelay.h"
#include "hist.h"
#include "uprobe.h"

struct go_delay {
    struct go_call call;
    struct godelay_options options;
    const char *mechanism; /* the only one to try; NULL: all */
};

struct go_hold {
    const char *mechanism;
    volatile struct chaos_control *control; /* these live in the memory of the BPF programs */
    const volatile __u64 *held, *cut, *unfit;
    const volatile __u64 *none_left_ns; /* spinning: how long no processor of the program was left; else NULL */
    int processors;                     /* spinning: that the program has */
    const struct hist *delay, *error;
    struct uprobe probes[2];  /* the one that faults is the last */
    pid_t traced;             /* by our tracer; 0: by none */
    struct go_turn_site site; /* of the tracer */
    void *skeleton;
    void (*destroy)(void *skeleton);
};

/* The goroutine gives up its processor until its time is over. Fails where BPF programs may not write registers. */
int go_yield_attach(const struct go_delay *wanted, pid_t pid, struct go_hold *hold, struct failure *f);

/* The goroutine sleeps, or gives up its processor: a tracer makes it do so. Fails where something else traces. */
int go_trace_attach(const struct go_delay *wanted, pid_t pid, struct go_hold *hold, struct failure *f);

/* The thread spins in the kernel, and keeps its processor. */
int go_spin_attach(const struct go_delay *wanted, pid_t pid, struct go_hold *hold, struct failure *f);

#define GO_REFUSED_SIZE 1024

/*
 * Whichever works, the better one first. `refused`: GO_REFUSED_SIZE bytes, for those that did not, with their reasons;
 * empty if it was the best. 0, or -1 and nothing is left.
 */
int go_hold_attach(const struct go_delay *wanted, pid_t pid, struct go_hold *hold, char *refused, struct failure *f);
void go_hold_detach(struct go_hold *hold);
uint64_t go_hold_closing_ms(const struct go_hold *hold); /* of uprobe.h */

#endif
