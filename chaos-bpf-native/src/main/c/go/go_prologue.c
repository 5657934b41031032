// SPDX-License-Identifier: Apache-2.0
#include "go_prologue.h"

#include <stddef.h>
#include <string.h>

#define PUSH_RBP 0x55

/* The forms of a stack check, for small, large and huge frames; a displacement that follows is given by its size. */
static const struct instruction {
    uint8_t length;
    uint8_t bytes[4];
    uint8_t displacement;
} check[] = {
    {4, {0x49, 0x3b, 0x66, 0x10}, 0}, /* cmp 0x10(%r14),%rsp */
    {4, {0x4c, 0x8d, 0x64, 0x24}, 1}, /* lea -N(%rsp),%r12 */
    {4, {0x4c, 0x8d, 0xa4, 0x24}, 4},
    {4, {0x4d, 0x3b, 0x66, 0x10}, 0}, /* cmp 0x10(%r14),%r12 */
    {3, {0x49, 0x89, 0xe4}, 0},       /* mov %rsp,%r12 */
    {3, {0x49, 0x81, 0xec}, 4},       /* sub $N,%r12 */
    {1, {0x76}, 1},                   /* jbe */
    {2, {0x0f, 0x86}, 4},
    {1, {0x72}, 1}, /* jb */
    {2, {0x0f, 0x82}, 4},
};

/* The length of the instruction if it belongs to a stack check, else 0. */
static uint64_t check_instruction(const uint8_t *code, uint64_t size)
{
    for (size_t i = 0; i < sizeof check / sizeof *check; i++) {
        uint64_t length = (uint64_t)check[i].length + check[i].displacement;
        if (length <= size && !memcmp(code, check[i].bytes, check[i].length))
            return length;
    }
    return 0;
}

int go_prologue_push(const uint8_t *code, uint64_t size)
{
    uint64_t at = 0, length;
    while (at < size && (length = check_instruction(code + at, size - at)))
        at += length;
    return at < size && code[at] == PUSH_RBP ? (int)at : -1;
}

uint64_t go_prologue_growth(const uint8_t *code, uint64_t size)
{
    uint64_t at = 0, length, target = 0;
    for (; at < size && (length = check_instruction(code + at, size - at)); at += length) {
        int32_t far;
        if (code[at] == 0x0f) {
            memcpy(&far, code + at + 2, sizeof far);
            target = at + length + (uint64_t)(int64_t)far;
        } else if (code[at] == 0x76 || code[at] == 0x72) {
            target = at + length + (uint64_t)(int64_t)(int8_t)code[at + 1];
        }
    }
    return at < size && code[at] == PUSH_RBP && target > at && target < size ? target : 0;
}

uint64_t go_call_x86(const uint8_t *code, uint64_t size, uint64_t address)
{
    int32_t distance;
    if (size < 5 || code[0] != 0xe8)
        return 0;
    memcpy(&distance, code + 1, sizeof distance);
    return address + 5 + (uint64_t)(int64_t)distance;
}

uint64_t go_call_arm64(const uint8_t *code, uint64_t size, uint64_t address)
{
    uint32_t word;
    if (size < sizeof word)
        return 0;
    memcpy(&word, code, sizeof word);
    if (word >> 26 != 0x25) /* bl */
        return 0;
    return address + (uint64_t)((int64_t)((uint64_t)word << 38) >> 36);
}
