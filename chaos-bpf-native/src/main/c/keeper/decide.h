// SPDX-License-Identifier: Apache-2.0
#ifndef KEEPER_DECIDE_H
#define KEEPER_DECIDE_H

#include "faults.h"

/* What the faults say to a call. May rewrite what it submits. */
struct call_outcome faults_decide(const struct listener *listener, const struct seccomp_notif *call, uint64_t now_ns);

#endif
