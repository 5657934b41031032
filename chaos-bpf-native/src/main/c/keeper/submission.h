// SPDX-License-Identifier: Apache-2.0
/* What a call of io_uring_enter submits, and what the faults make of it. */
#ifndef KEEPER_SUBMISSION_H
#define KEEPER_SUBMISSION_H

#include "faults.h"

/*
 * Each entry that a fault takes is written over: with what fails, with nothing, or, where it is to be late, with
 * nothing until the keeper has done it. What cannot be taken out is late together with the whole call.
 */
void submission_fault(const struct listener *listener, const struct seccomp_notif *call, uint64_t now_ns,
                      struct call_outcome *outcome);

#endif
