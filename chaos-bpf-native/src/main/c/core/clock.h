// SPDX-License-Identifier: Apache-2.0
/* CLOCK_MONOTONIC in nanoseconds: the clock of bpf_ktime_get_ns() and of every t_*_ns in a reply. */
#ifndef CLOCK_H
#define CLOCK_H

#include <stdint.h>
#include <time.h>

static inline uint64_t clock_now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

#endif
