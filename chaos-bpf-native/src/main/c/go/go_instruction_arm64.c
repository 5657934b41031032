// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "go_instruction.h"

#define SP 31
#define ZR 31
#define NOP 0xd503201fu

static uint32_t bits(uint32_t word, int low, int count)
{
    return word >> low & ((1u << count) - 1);
}

static int64_t signed_bits(uint32_t word, int low, int count)
{
    return (int64_t)((uint64_t)word << (64 - low - count)) >> (64 - count);
}

/* add and sub of a constant may point a register into the frame; all others of this class only calculate. */
static bool read_calculation(uint32_t word, struct go_pointer *pointer)
{
    bool add = (word & 0xff800000u) == 0x91000000u, sub = (word & 0xff800000u) == 0xd1000000u;
    int64_t constant = (int64_t)bits(word, 10, 12) << (bits(word, 22, 1) ? 12 : 0);
    *pointer = (struct go_pointer){.known = (add || sub) && bits(word, 5, 5) == SP && bits(word, 0, 5) != SP,
                                   .number = (uint8_t)bits(word, 0, 5),
                                   .at = add ? constant : -constant};
    return true;
}

static bool read_load(struct go_pointer *pointer)
{
    pointer->known = false;
    return true;
}

/* A store of `bytes` at a register plus a distance. */
static bool read_store(uint32_t word, uint32_t bytes, int64_t distance, bool zero, const struct go_pointer *pointer,
                       struct go_instruction *instruction)
{
    uint32_t base = bits(word, 5, 5);
    bool points = pointer->known && pointer->number == base;
    instruction->stored = (uint8_t)bytes;
    instruction->zero = zero;
    instruction->at = (base == SP ? 0 : pointer->at) + distance;
    return base == SP || points;
}

/* stp, ldp and their like, with an offset; not those that move the base. */
static bool read_pair(uint32_t word, struct go_pointer *pointer, struct go_instruction *instruction)
{
    bool vector = bits(word, 26, 1);
    uint32_t size = bits(word, 30, 2), bytes = vector ? 4u << size : size ? 8 : 4;
    if (bits(word, 22, 1))
        return read_load(pointer);
    if (bits(word, 23, 3) != 2 || size == 3)
        return false;
    bool zero = !vector && bits(word, 0, 5) == ZR && bits(word, 10, 5) == ZR;
    return read_store(word, 2 * bytes, signed_bits(word, 15, 7) * bytes, zero, pointer, instruction);
}

/* str, ldr and their like, with an offset. */
static bool read_single(uint32_t word, struct go_pointer *pointer, struct go_instruction *instruction)
{
    bool vector = bits(word, 26, 1), scaled = bits(word, 24, 2) == 1;
    uint32_t size = bits(word, 30, 2), kind = bits(word, 22, 2), bytes = vector && kind == 2 ? 16 : 1u << size;
    bool store = kind == 0 || (vector && kind == 2);
    bool atomic = !scaled && bits(word, 21, 1) && bits(word, 10, 2) != 2;
    if ((!scaled && bits(word, 24, 2)) || atomic)
        return false;
    if (!store)
        return read_load(pointer);
    if (!scaled && (bits(word, 21, 1) || bits(word, 10, 2)))
        return false; /* an index, or a base that moves */
    int64_t distance = scaled ? (int64_t)bits(word, 10, 12) * bytes : signed_bits(word, 12, 9);
    return read_store(word, bytes, distance, !vector && bits(word, 0, 5) == ZR, pointer, instruction);
}

bool go_instruction_arm64(const uint8_t *code, uint64_t size, struct go_pointer *pointer,
                          struct go_instruction *instruction)
{
    uint32_t word;
    *instruction = (struct go_instruction){.length = sizeof word};
    if (size < sizeof word)
        return false;
    memcpy(&word, code, sizeof word);
    uint32_t class = bits(word, 25, 4);
    if (class == 8 || class == 9)
        return read_calculation(word, pointer);
    if ((class & 7) == 5 || (class & 7) == 7)
        return read_load(pointer); /* between registers */
    if ((class & 5) == 4 && bits(word, 27, 3) == 5)
        return read_pair(word, pointer, instruction);
    if ((class & 5) == 4 && bits(word, 27, 3) == 7)
        return read_single(word, pointer, instruction);
    return word == NOP;
}
