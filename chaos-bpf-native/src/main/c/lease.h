// SPDX-License-Identifier: Apache-2.0
/* One thread of the helper keeps the lease of every attached program fresh. A program with a stale lease passes all. */
#ifndef LEASE_H
#define LEASE_H

#include "chaos.h"
#include "failure.h"

/* Renew at once and from now on, until lease_release(). */
int lease_hold(volatile struct chaos_control *control, struct failure *f);
void lease_release(volatile struct chaos_control *control);

#endif
