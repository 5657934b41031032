// SPDX-License-Identifier: Apache-2.0
/*
 * The kernel itself tells programs that their process was killed: what a robust futex is to a thread that waits for a
 * lock, `owner` in a control is to a program. When the owning thread dies, however it does, the kernel sets
 * CHAOS_OWNER_DIED in each control on its list, at once, while the process may take milliseconds to close its links.
 */
#ifndef OWNER_H
#define OWNER_H

#include "chaos.h"

/* The calling thread is the owner from now on. */
void owner_become(void);

/* Callers hold one lock. Whatever is added has to be removed before its memory goes, and before the thread ends. */
void owner_add(volatile struct chaos_control *control);
void owner_remove(volatile struct chaos_control *control);

#endif
