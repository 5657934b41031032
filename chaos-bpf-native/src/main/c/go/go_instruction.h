// SPDX-License-Identifier: Apache-2.0
/*
 * Single instructions at the beginning of a Go function, as far as it takes to know what they leave in its frame. What
 * is not known for certain is refused, not guessed.
 */
#ifndef GO_INSTRUCTION_H
#define GO_INSTRUCTION_H

#include <stdbool.h>
#include <stdint.h>

/* A register that was last seen to point into the frame. */
struct go_pointer {
    bool known;
    uint8_t number;
    int64_t at; /* from the stack pointer */
};

struct go_instruction {
    uint8_t length;
    uint8_t stored; /* bytes that it writes to the frame; 0 for none */
    bool zero;      /* which are zeros */
    int64_t at;     /* from the stack pointer */
};

/*
 * Reads the instruction at `code`. False where it may go elsewhere than to the next, may write to memory other than the
 * frame, or is not known.
 */
typedef bool go_instruction_read(const uint8_t *code, uint64_t size, struct go_pointer *pointer,
                                 struct go_instruction *instruction);
go_instruction_read go_instruction_x86, go_instruction_arm64;

#endif
