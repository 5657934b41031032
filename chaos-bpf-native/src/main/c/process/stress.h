// SPDX-License-Identifier: Apache-2.0
/*
 * Workers: processes of ours in the cgroups of a container, that take something of what it may use. They hang on a
 * supervisor, which is in none of these cgroups and ends with the container's first process, with the helper, and with
 * the fault; the workers end with the supervisor.
 */
#ifndef STRESS_H
#define STRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "fault.h"
#include "resources.h"

#define STRESS_MAX_WORKERS 128

/* Seen by helper, supervisor and workers. The control counts what the workers do. */
struct stress_shared {
    struct chaos_control control;
    uint64_t asked, taken; /* by all workers: nanoseconds of a processor; bytes, at most at one time */
    uint64_t held;         /* bytes, now */
    uint64_t cpu_ns, throttled_ns, memory_before, memory_most, oom_kills; /* of the container, while on */
    int killed_by;                                                        /* the signal that ended a worker; 0: none */
    int failed;                                                           /* the errno of a worker that could not */
    bool ended;                                                           /* the container's first process */
};

struct stress {
    struct fault fault;
    volatile struct stress_shared *shared;
    struct resources resources;
    int joins[3], join_count; /* cgroup.procs of the container's cgroups */
    int pidfd;                /* of the container's first process */
    int adjustment;           /* its oom_score_adj */
    char score[16];           /* what was there */
    bool victim;              /* it is to be killed before the workers where memory is short */
    uint32_t workers;
    uint64_t amount;                           /* for the work() of each */
    void (*work)(const struct stress *stress); /* a worker's life; it returns when the fault is over */
    pid_t supervisor;                          /* 0: none */
};

/*
 * What a kind then fills in: fault.mechanism, workers, work. A process is sent into the container's cgroups to see that
 * one can go there. NULL with the failure.
 */
struct stress *stress_open(const struct target *target, struct failure *f);
void stress_close(struct stress *stress); /* NULL: nothing */

/* Of a fault_kind. */
void stress_on(struct fault *fault, struct reply *reply);
int stress_settle(struct fault *fault, struct failure *f);
void stress_stats(struct fault *fault, struct reply *reply);
void stress_detach(struct fault *fault);

/* For workers: whether the fault is on; whether it may act, as its helper is not only there but does something. */
bool stress_is_on(const struct stress *stress);
bool stress_may(const struct stress *stress);

/* What a fork becomes: the supervisor, with a pidfd of its helper. */
_Noreturn void stress_supervise(const struct stress *stress, int helper);

/* Go into the container's cgroups, with its oom_score_adj, or one below any where that is the victim; 0 or an errno. */
int stress_join(const struct stress *stress);

/* Give the container's first process an oom_score_adj, where it is to be the victim; one that has ended needs none. */
void stress_adjust(const struct stress *stress, const char *score);

#endif
