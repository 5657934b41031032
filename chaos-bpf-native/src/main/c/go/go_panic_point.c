// SPDX-License-Identifier: Apache-2.0
#include "go_panic_point.h"

#include "go_instruction.h"

struct walk {
    const struct go_frame *frame;
    bool initialised[GO_FRAME_POINTERS];
    uint32_t missing;
    uint32_t bits_written;
    bool bits_clear; /* written once, with zero */
};

static bool covers(int64_t start, uint8_t size, int64_t at, uint8_t length)
{
    return start <= at && at + length <= start + size;
}

/* A store, at a distance from the end of the frame. */
static void note(struct walk *walk, int64_t at, const struct go_instruction *store)
{
    const struct go_frame *frame = walk->frame;
    for (uint32_t i = 0; i < frame->count; i++) {
        if (!walk->initialised[i] && covers(at, store->stored, frame->pointers[i], 8)) {
            walk->initialised[i] = true;
            walk->missing--;
        }
    }
    if (frame->open_coded && covers(at, store->stored, frame->bits, 1)) {
        walk->bits_clear = store->zero && !walk->bits_written;
        walk->bits_written++;
    }
}

/* Why the function's first instructions, which are run once and in turn, do not come to a point that will do. */
static const char *reason(const struct walk *walk)
{
    if (walk->frame->open_coded && !walk->bits_written)
        return "the bits that tell which defers are to run are not seen to be cleared";
    if (walk->bits_written > 1)
        return "the bits that tell which defers are to run are written more than once before all pointers in its "
               "results are seen to be initialised";
    if (walk->frame->open_coded && !walk->bits_clear)
        return "the bits that tell which defers are to run are not cleared first";
    return "not all pointers in its results are seen to be initialised: they are many, or not simple";
}

static struct go_panic_point search(const struct go_table *table, const struct elf_file *elf,
                                    const struct go_table_entry *entry, const struct go_frame *frame,
                                    const uint8_t *code)
{
    go_instruction_read *read = elf->header->e_machine == EM_X86_64 ? go_instruction_x86 : go_instruction_arm64;
    struct walk walk = {.frame = frame, .missing = frame->count};
    struct go_pointer pointer = {0};
    struct go_instruction instruction;
    uint64_t size = entry->end - entry->entry, at = 0;
    while (at < size && !go_frame_size(table, elf, entry, at)) /* the check of the stack */
        at++;
    for (; at < size && read(code + at, size - at, &pointer, &instruction); at += instruction.length) {
        int32_t frame_size = go_frame_size(table, elf, entry, at);
        if (frame_size <= 0)
            break;
        if (instruction.stored)
            note(&walk, instruction.at - frame_size, &instruction);
        if (walk.bits_written && !walk.bits_clear)
            break;
        if (!walk.missing && (!frame->open_coded || walk.bits_clear))
            return (struct go_panic_point){.at = at};
    }
    return (struct go_panic_point){.why = reason(&walk)};
}

struct go_panic_point go_panic_point(const struct go_table *table, const struct elf_file *elf,
                                     const struct go_table_entry *entry, const struct go_frame *frame,
                                     const uint8_t *code, uint64_t usual)
{
    bool looked_at = frame->open_coded || frame->outside;
    return looked_at ? search(table, elf, entry, frame, code) : (struct go_panic_point){.at = usual};
}
