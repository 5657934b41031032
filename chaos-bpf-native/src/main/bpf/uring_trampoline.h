// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* What the programs on io_uring's own functions are told before they are loaded. */
#ifndef URING_TRAMPOLINE_H
#define URING_TRAMPOLINE_H

#include "choice.h"

/* Held by spinning, in a program that cannot sleep: as long the kernel ends no program and frees no memory. */
#define URING_MAX_SPIN_NS 1000000000ULL

struct uring_trampoline {
    __u64 latency_ns, jitter_ns; /* 0: no delay */
    struct chaos_choice choice;
    __u32 pid_namespace; /* inode number: whose calls are meant */
    __u32 opcode;
    __s32 result; /* a negative errno; 0: the operation goes on, if late */
    __u32 reserved;
};

#endif
