// SPDX-License-Identifier: Apache-2.0
/* A Go program's file, and where its functions can be probed. Stripped, position-independent and cgo programs too. */
#ifndef GO_BINARY_H
#define GO_BINARY_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "failure.h"

struct go_binary;

struct go_function {
    const char *name;       /* in full; lives as long as the binary is open */
    uint64_t entry, end;    /* addresses in the file, not relocated */
    uint64_t probe;         /* of the instruction to probe, likewise */
    uint64_t probe_offset;  /* of that instruction in the file */
    bool after_stack_check; /* met once a call, even when the stack grows */
};

/* path: such as /proc/PID/exe. */
struct go_binary *go_binary_open(const char *path, struct failure *f);
void go_binary_close(struct go_binary *binary);

/* "go1.26.8" */
const char *go_binary_version(const struct go_binary *binary);

/*
 * A function that a fault may be put on, by its full name or an unambiguous end of it. Refused, with the reason and the
 * nearest names: unknown, ambiguous and inlined functions, those of the runtime, of cgo, and in assembly.
 */
int go_binary_find(const struct go_binary *binary, const char *name, struct go_function *function, struct failure *f);

/*
 * Where a panic may be raised in a function that was found: an offset in the file, for a probe. Refused where that is
 * not known for certain, as the program would die of it.
 */
int go_binary_panic_offset(const struct go_binary *binary, const struct go_function *function, uint64_t *offset,
                           struct failure *f);

/* Any function by its full name, for programs that only look. */
int go_binary_find_any(const struct go_binary *binary, const char *name, struct go_function *function,
                       struct failure *f);

/*
 * The functions that goroutines begin with when a `go` statement names this one: itself and, where it takes arguments,
 * the wrappers that the compiler makes. Returns how many, at most max; -1 with a failure.
 */
int go_binary_starts(const struct go_binary *binary, const char *name, uint64_t *entries, int max, struct failure *f);

/* Its machine code, end - entry bytes; NULL where the file does not have it, or has that of another machine. */
const uint8_t *go_binary_code(const struct go_binary *binary, const struct go_function *function);

/* Where a function goes to have its stack grown: addresses in the file, not relocated. */
struct go_growth {
    uint64_t block;           /* keeps the arguments, makes the call, and comes back to the entry with them */
    uint64_t call, morestack; /* the call in there, of runtime.morestack_noctxt, and that function */
};

/* Of a function that is probed after its stack check; whether it has that. */
bool go_binary_growth(const struct go_binary *binary, const struct go_function *function, struct go_growth *growth);

/* What to add to an address in the file to have it in the process: 0 unless position-independent. */
int go_binary_load_bias(const struct go_binary *binary, pid_t pid, uint64_t *bias, struct failure *f);

#endif
