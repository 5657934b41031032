// SPDX-License-Identifier: Apache-2.0
/*
 * What the kernel does not tie to a process's life, a frozen cgroup, is tied to it by another process: the guardian
 * thaws a pod as soon as its helper is gone, stands still, or was not quick enough to see the pod's own end. It leaves
 * the helper's session and cgroups first, as a container runtime ends all that is in them.
 */
#ifndef GUARDIAN_H
#define GUARDIAN_H

#include "pause.h"

struct guardian {
    pid_t pid;
    int line; /* to it; it ends when this is closed */
};

/* Start one; returns when it watches. */
int guardian_start(struct guardian *guardian, struct pause *pause, struct failure *f);

/* Say that the pause has begun. */
void guardian_wake(const struct guardian *guardian);

/* Wait for its end, once the pause is over. */
void guardian_end(struct guardian *guardian);

#endif
