// SPDX-License-Identifier: Apache-2.0
/*
 * What all delay lines of a process take in memory, together: rings, and the stores whose size nobody named. It stays
 * below a limit, so that a node's agent keeps within half a gigabyte however much all its pods send.
 */
#ifndef HELD_MEMORY_H
#define HELD_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

#define HELD_MEMORY_MIB 448 /* the limit, unless CHAOS_HELD_MIB (16 to 65536) of the environment has another one */

/* False: it would be more than the limit, and is not taken. */
bool held_memory_take(size_t bytes);
void held_memory_give(size_t bytes);

/* More than half of it is taken: nobody shall keep what he does not need. */
bool held_memory_is_scarce(void);

size_t held_memory_taken(void);
size_t held_memory_limit(void);

#endif
