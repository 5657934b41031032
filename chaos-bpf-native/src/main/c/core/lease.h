// SPDX-License-Identifier: Apache-2.0
/* One thread of the helper keeps the lease of every attached program fresh. A program with a stale lease passes all. */
#ifndef LEASE_H
#define LEASE_H

#include <poll.h>

#include "chaos.h"
#include "failure.h"

/* From any thread: renew at once and from now on, until lease_release(). */
int lease_hold(volatile struct chaos_control *control, struct failure *f);
void lease_release(volatile struct chaos_control *control);

#define LEASE_MAX_ENDS 4

/*
 * As soon as one of these descriptors has such an event, call ended(), once, on the thread that renews: it sees the end
 * of who wants the faults even while a request takes long.
 */
void lease_watch(const struct pollfd *ends, int count, void (*ended)(void));

#endif
