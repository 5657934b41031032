// SPDX-License-Identifier: Apache-2.0
/* Calls that are held, until it is their time or their fault ends. */
#ifndef HELD_H
#define HELD_H

#include "faults.h"

#define MAX_HELD 1024

/* Hold a call; false when too many are. A call that a signal broke off, and that comes again, keeps its first time. */
bool held_add(const struct listener *listener, const struct seccomp_notif *call, const struct call_outcome *outcome,
              uint64_t now_ns);

/* Whether the call is one that was broken off: it is taken over, and no fault has to be asked again. */
bool held_again(const struct listener *listener, const struct seccomp_notif *call);

/* Let go those whose time has come, or whose fault is not on any more. Returns when the next one is due, 0 for none. */
uint64_t held_expire(uint64_t now_ns);

/* Let go all of a fault, or of a listener that is gone. */
void held_release(const struct keeper_fault *fault);
void held_forget(const struct listener *listener);

/* Answer a call: it fails with an errno, or goes on for 0. False if nobody waits any more. */
bool call_answer(const struct listener *listener, uint64_t id, int error);

#endif
