// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "go_instruction.h"

#define RSP 4
#define ZERO_REGISTER 15 /* xmm15 is zero in all Go code */
#define NO_REGISTER 0xff

/*
 * What an opcode is, a letter each:
 *   .  leaves the straight line, or is not known
 *   n  no operand
 *   i  a byte follows        I  2 or 4 bytes follow        q  4 or 8 bytes follow
 *   r  reads an operand      b  and a byte follows         d  and 2 or 4 bytes follow
 *   w  writes an operand     B  and a byte follows         D  and 2 or 4 bytes follow
 *   s  stores a register     S  stores the byte            T  stores the 2 or 4 bytes that follow
 *   F, E  depends on three bits of the operand
 */
static const char one_byte[] = "wwrriI..wwrriI.."
                               "wwrriI..wwrriI.."
                               "wwrriI..wwrriI.."
                               "wwrriI..rrrriI.."
                               "................"
                               "................"
                               "...r.....d.b...."
                               "................"
                               "BD.Brrwwssrr.r.."
                               "nnnnnnnnnn......"
                               "........iI......"
                               "iiiiiiiiqqqqqqqq"
                               "BB....ST........"
                               "wwww............"
                               "................"
                               "......FF......EE";
static const char two_bytes[] = "................"
                                "rsrsrrrs.......r"
                                "........rsr.rrrr"
                                "................"
                                "rrrrrrrrrrrrrrrr"
                                "rrrrrrrrrrrrrrrr"
                                "rrrrrrrrrrrrrrrr"
                                "bbbbrrr.....rrss"
                                "................"
                                "wwwwwwwwwwwwwwww"
                                "...rBw.....wBw.r"
                                "...w..rrr.Bwrrrr"
                                "..b.bbb.nnnnnnnn"
                                ".rrrrrsrrrrrrrrr"
                                "rrrrrrr.rrrrrrrr"
                                ".rrrrrr.rrrrrrr.";

struct decoding {
    const uint8_t *code;
    uint64_t size, at;
    uint8_t prefix; /* 66, f2 or f3; the last of them */
    uint8_t rex, opcode;
    bool two_bytes, truncated;
    uint8_t mode, reg, base; /* base: NO_REGISTER where an index or the instruction pointer takes part */
    int32_t displacement;
};

static uint8_t next(struct decoding *d)
{
    if (d->at < d->size)
        return d->code[d->at++];
    d->truncated = true;
    return 0;
}

/* A signed number of 1 or 4 bytes. */
static int32_t number(struct decoding *d, unsigned int bytes)
{
    int32_t value = 0;
    if (bytes > d->size - d->at) {
        d->truncated = true;
        return 0;
    }
    memcpy(&value, d->code + d->at, bytes);
    d->at += bytes;
    return bytes == 1 ? (int8_t)value : value;
}

static void read_opcode(struct decoding *d)
{
    uint8_t byte = next(d);
    for (; byte == 0x66 || byte == 0xf2 || byte == 0xf3; byte = next(d))
        d->prefix = byte;
    for (; (byte & 0xf0) == 0x40; byte = next(d))
        d->rex = byte;
    d->two_bytes = byte == 0x0f;
    d->opcode = d->two_bytes ? next(d) : byte;
}

static void read_operand(struct decoding *d)
{
    uint8_t byte = next(d), rm = byte & 7;
    d->mode = byte >> 6;
    d->reg = (uint8_t)((byte >> 3 & 7) | (d->rex & 4) << 1);
    d->base = (uint8_t)(rm | (d->rex & 1) << 3);
    if (d->mode == 3)
        return;
    if (rm == RSP) {
        uint8_t scaled = next(d);
        bool indexed = (scaled & 0x38) != RSP << 3 || d->rex & 2;
        rm = scaled & 7;
        d->base = indexed ? NO_REGISTER : (uint8_t)(rm | (d->rex & 1) << 3);
    }
    bool without_base = d->mode == 0 && rm == 5;
    if (without_base)
        d->base = NO_REGISTER;
    if (d->mode != 0 || without_base)
        d->displacement = number(d, d->mode == 1 ? 1 : 4);
}

/* The three bits of the operand decide. */
static char kind_of_group(const struct decoding *d, char kind)
{
    uint8_t which = d->reg & 7;
    if (kind == 'E')
        return which < 2 ? 'w' : '.';
    if (kind == 'F')
        return which < 2 ? (d->opcode & 1 ? 'd' : 'b') : which < 4 ? 'w' : 'r';
    if (!d->two_bytes && d->opcode <= 0x83 && d->opcode >= 0x80 && which == 7) /* cmp */
        return kind == 'B' ? 'b' : 'd';
    return kind;
}

static char kind_of(const struct decoding *d)
{
    char kind = (d->two_bytes ? two_bytes : one_byte)[d->opcode];
    bool loads = d->two_bytes && d->opcode == 0x7e && d->prefix == 0xf3; /* movq to xmm */
    return loads ? 'r' : kind;
}

static bool frame_address(const struct decoding *d, const struct go_pointer *pointer, int64_t *at)
{
    if (d->base == RSP)
        *at = d->displacement;
    else if (pointer->known && d->base == pointer->number)
        *at = pointer->at + d->displacement;
    else
        return false;
    return true;
}

static uint8_t stored_by(const struct decoding *d)
{
    uint8_t general = d->rex & 8 ? 8 : d->prefix == 0x66 ? 2 : 4;
    if (!d->two_bytes)
        return d->opcode & 1 ? general : 1;
    if (d->opcode == 0x7e)
        return d->rex & 8 ? 8 : 4;
    if (d->opcode == 0x13 || d->opcode == 0x17 || d->opcode == 0xd6)
        return 8;
    return d->opcode != 0x11 ? 16 : d->prefix == 0xf3 ? 4 : d->prefix == 0xf2 ? 8 : 16;
}

/* What follows the operand; its value. */
static int64_t read_immediate(struct decoding *d, char kind)
{
    unsigned int word = d->prefix == 0x66 ? 2 : 4;
    if (strchr("ibBS", kind))
        return number(d, 1);
    if (strchr("IdDT", kind))
        return number(d, word);
    if (kind != 'q')
        return 0;
    if (d->rex & 8)
        number(d, 4);
    return number(d, d->rex & 8 ? 4 : word);
}

/* A store, by what it stores and where. */
static bool is_store(const struct decoding *d, char kind, int64_t value, const struct go_pointer *pointer,
                     struct go_instruction *instruction)
{
    instruction->stored = stored_by(d);
    instruction->zero = kind == 's' ? d->two_bytes && d->opcode != 0x7e && d->reg == ZERO_REGISTER : value == 0;
    return frame_address(d, pointer, &instruction->at);
}

bool go_instruction_x86(const uint8_t *code, uint64_t size, struct go_pointer *pointer,
                        struct go_instruction *instruction)
{
    struct decoding d = {.code = code, .size = size, .base = NO_REGISTER};
    *instruction = (struct go_instruction){0};
    read_opcode(&d);
    char kind = kind_of(&d);
    if (strchr("rwsbdBDSTFE", kind)) {
        read_operand(&d);
        kind = kind_of_group(&d, kind);
    }
    int64_t value = read_immediate(&d, kind);
    if (kind == '.' || d.truncated)
        return false;
    instruction->length = (uint8_t)d.at;
    bool in_memory = strchr("wBDsST", kind) && d.mode != 3, lea = !d.two_bytes && d.opcode == 0x8d;
    if (in_memory)
        return strchr("sST", kind) && is_store(&d, kind, value, pointer, instruction);
    int64_t at;
    *pointer = lea && frame_address(&d, pointer, &at) ? (struct go_pointer){true, d.reg, at} : (struct go_pointer){0};
    return true;
}
