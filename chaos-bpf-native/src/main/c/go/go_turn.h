// SPDX-License-Identifier: Apache-2.0
/*
 * What a tracer does with a thread that stopped where a held goroutine begins a call. Either
 *
 * - the goroutine sleeps: the thread is sent to where the function has its stack grown, which keeps the arguments and
 *   comes back to the entry, and there into time.Sleep, as if runtime.Gosched had called that; or,
 * - where the program has not all that this takes, it gives up its processor once, as if it had been preempted: it goes
 *   through runtime.asyncPreempt, which keeps all registers and comes back to where it was.
 *
 * Neither needs the tracer any more: when that dies, the goroutine goes on by itself, with all that it had.
 */
#ifndef GO_TURN_H
#define GO_TURN_H

#include <linux/types.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "go_binary.h"

/* In the process; all addresses are those of the process, not of its file. */
struct go_turn_site {
    uint64_t probe, pushed; /* the `push %rbp` that is probed, and the instruction after it */
    uint64_t preempt;       /* runtime.asyncPreempt */
    uint64_t growth;        /* 0: cannot sleep */
    uint64_t grown;         /* what is called there, runtime.morestack_noctxt */
    uint64_t sleep;         /* time.Sleep, and where runtime.Gosched goes on after the call in it */
    uint64_t gosched;
    uint64_t gosched_frame; /* the size of its frame, without the frame pointer */
    int holds;              /* the map of go_holds.h */
    volatile __u64 *held, *unfit;
};

/* Find what giving up the processor takes, and what sleeping takes besides. `bias`: go_binary_load_bias(). */
int go_turn_find(const struct go_binary *binary, const struct go_function *function, uint64_t bias,
                 struct go_turn_site *site, struct failure *f);
int go_turn_find_sleep(const struct go_binary *binary, const struct go_function *function, uint64_t bias,
                       struct go_turn_site *site, struct failure *f);

/*
 * The thread is stopped by us, at a signal that came from such a site. Leaves it to be continued without the signal: in
 * so many nanoseconds.
 */
uint64_t go_turn(pid_t thread, const struct go_turn_site *sites, int count);

#endif
