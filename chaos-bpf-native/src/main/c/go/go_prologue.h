// SPDX-License-Identifier: Apache-2.0
/*
 * Where to probe a Go function on x86-64. It begins with a check of the stack's size, which jumps to its end and comes
 * back to the beginning when the stack has to grow. The `push %rbp` after the check is met once a call. The kernel also
 * emulates it, where it would single-step the check: a tenth of the cost.
 */
#ifndef GO_PROLOGUE_H
#define GO_PROLOGUE_H

#include <stdint.h>

/* Offset of the `push %rbp` from the entry; -1 where there is none: a leaf function without a frame. */
int go_prologue_push(const uint8_t *code, uint64_t size);

/* Offset that the stack check jumps to when the stack has to grow; 0 where there is no check. */
uint64_t go_prologue_growth(const uint8_t *code, uint64_t size);

/* What a call instruction at an address calls, 0 if there is none. */
uint64_t go_call_x86(const uint8_t *code, uint64_t size, uint64_t address);
uint64_t go_call_arm64(const uint8_t *code, uint64_t size, uint64_t address);

#endif
