// SPDX-License-Identifier: Apache-2.0
/* The faults that agents have on io_uring now: whom each concerns, and which of the calls that match it takes. */
#ifndef KEEPER_FAULTS_H
#define KEEPER_FAULTS_H

#include <linux/seccomp.h>
#include <stdbool.h>
#include <stdint.h>

#include "listener.h"
#include "uring_shared.h"

struct keeper_fault {
    int connection;              /* -1: this slot is free */
    struct uring_shared *shared; /* NULL until the agent has sent it */
    struct pid_namespace namespace;
};

#define MAX_KEEPER_FAULTS 1024
extern struct keeper_fault keeper_faults[MAX_KEEPER_FAULTS];
extern int keeper_faults_used; /* slots in use are below */

/* What is to happen to a call; all zero: it goes on. */
struct call_outcome {
    int error;         /* a positive errno that it fails with */
    uint64_t delay_ns; /* it is held so long first */
    const struct keeper_fault *held_by;
};

/* One that is on a connection; NULL where there are too many. And its end. */
struct keeper_fault *keeper_fault_new(int connection);
void keeper_fault_free(struct keeper_fault *fault);

/* On, and its agent alive. */
bool fault_is_active(const struct keeper_fault *fault, uint64_t now_ns);

/* Off, or its agent gone: what it has begun ends. It is not over while its agent is late with its lease for a moment.
 */
bool fault_is_over(const struct keeper_fault *fault, uint64_t now_ns);

/* Whether a listener is of the fault's target. */
bool listener_is_of(const struct listener *listener, const struct keeper_fault *fault);

/* Whether a fault has anything to do or to note at a call of a listener. */
bool fault_concerns(const struct keeper_fault *fault, const struct listener *listener);

/* Count what matches, the n-th so far; whether it is faulted. And how long it is late then. */
bool fault_takes(struct keeper_fault *fault, uint64_t now_ns, uint64_t *n);
uint64_t fault_latency_ns(const struct keeper_fault *fault, uint64_t n);

#endif
