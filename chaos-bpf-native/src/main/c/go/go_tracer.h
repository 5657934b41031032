// SPDX-License-Identifier: Apache-2.0
/*
 * A process of the helper that traces a Go program for all faults that need it: a thread has one tracer only. It is a
 * process of its own, as a stopped helper must not keep the program: each signal to it waits for the tracer. It ends
 * with the helper, and the kernel lets go of all threads then.
 */
#ifndef GO_TRACER_H
#define GO_TRACER_H

#include <sys/types.h>

#include "go_turn.h"

/* 0, or -1: somebody else traces the program, or the kernel forbids it. From any thread, and so is the rest. */
int go_tracer_add(pid_t pid, const struct go_turn_site *site, struct failure *f);
void go_tracer_remove(pid_t pid, int holds);

/* Who traces a process: 0 for nobody, and for ours; -1 with a failure. */
int go_tracer_foreign(pid_t pid, pid_t *by, struct failure *f);

/* The signal that ended the tracer of a process although it was needed; 0 while it lives, or the process has ended. */
int go_tracer_killed_by(pid_t pid);

#endif
