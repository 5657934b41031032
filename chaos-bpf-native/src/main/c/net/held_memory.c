// SPDX-License-Identifier: Apache-2.0
#include "held_memory.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

#include "request.h"

#define LEAST_MIB 16
#define MOST_MIB 65536

static _Atomic size_t taken, limit;

static size_t read_limit(void)
{
    const char *text = getenv("CHAOS_HELD_MIB");
    uint64_t mib;
    if (!text || !parse_number(text, LEAST_MIB, MOST_MIB, &mib))
        mib = HELD_MEMORY_MIB;
    return (size_t)mib << 20;
}

size_t held_memory_limit(void)
{
    if (!limit)
        limit = read_limit();
    return limit;
}

bool held_memory_take(size_t bytes)
{
    if (atomic_fetch_add(&taken, bytes) + bytes <= held_memory_limit())
        return true;
    held_memory_give(bytes);
    return false;
}

void held_memory_give(size_t bytes)
{
    atomic_fetch_sub(&taken, bytes);
}

size_t held_memory_taken(void)
{
    return taken;
}

bool held_memory_is_scarce(void)
{
    return taken > held_memory_limit() / 2;
}
