// SPDX-License-Identifier: Apache-2.0
#include "go_frame.h"

#include <string.h>

enum { STACK_MAP_INDEX = 1 };                              /* of pcdata */
enum { ARGUMENTS = 0, LOCALS = 1, OPEN_CODED_DEFERS = 4 }; /* of funcdata */
#define WORD 8
#define NO_DATA UINT32_MAX

static uint32_t u32(const uint8_t *at)
{
    uint32_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

static bool is_x86(const struct elf_file *elf)
{
    return elf->header->e_machine == EM_X86_64;
}

/* A number of 7 bits a byte; false at the end of the table. */
static bool read_varint(const uint8_t **at, const uint8_t *end, uint32_t *value)
{
    *value = 0;
    for (unsigned int shift = 0; *at < end && shift < 32; shift += 7) {
        uint8_t byte = *(*at)++;
        *value |= (uint32_t)(byte & 0x7f) << shift;
        if (!(byte & 0x80))
            return true;
    }
    return false;
}

/* The value of a table of pcdata at a distance from the function's entry; -1 where there is none. runtime.pcvalue. */
static int32_t value_at(const struct go_table *table, const struct elf_file *elf, uint32_t offset, uint64_t at)
{
    const uint8_t *next = table->bytes + table->values + offset, *end = table->bytes + table->size;
    uint32_t change, length, unit = is_x86(elf) ? 1 : 4;
    int32_t value = -1;
    if (!offset || offset >= table->size - table->values)
        return -1;
    for (uint64_t pc = 0; read_varint(&next, end, &change) && (change || !pc);) {
        value = (int32_t)((uint32_t)value + ((change >> 1) ^ -(change & 1)));
        if (!read_varint(&next, end, &length))
            break;
        pc += (uint64_t)length * unit;
        if (at < pc)
            return value;
    }
    return -1;
}

int32_t go_frame_size(const struct go_table *table, const struct elf_file *elf, const struct go_table_entry *entry,
                      uint64_t at)
{
    int32_t size = value_at(table, elf, u32(table->bytes + entry->record + GO_FUNC_PCSP), at);
    int32_t return_address = is_x86(elf) && size > 0 ? WORD : 0;
    return size + return_address;
}

/* An entry of the arrays behind runtime._func; the given value where there is none. */
static uint32_t array_entry(const struct go_table *table, const struct go_table_entry *entry, uint64_t i, uint32_t none)
{
    uint64_t at = entry->record + GO_FUNC_SIZE + i * sizeof(uint32_t);
    return at + sizeof(uint32_t) <= table->size ? u32(table->bytes + at) : none;
}

static uint32_t pcdata(const struct go_table *table, const struct go_table_entry *entry, uint32_t i)
{
    return i < u32(table->bytes + entry->record + GO_FUNC_NPCDATA) ? array_entry(table, entry, i, 0) : 0;
}

static uint32_t funcdata(const struct go_table *table, const struct go_table_entry *entry, uint32_t i)
{
    uint64_t before = u32(table->bytes + entry->record + GO_FUNC_NPCDATA);
    return i < table->bytes[entry->record + GO_FUNC_NFUNCDATA] ? array_entry(table, entry, before + i, NO_DATA)
                                                               : NO_DATA;
}

static int damaged(const struct go_table_entry *entry, struct failure *f)
{
    return fail(f, UNSUPPORTED, 0, "what the program says of the pointers in %.300s is damaged or not found",
                entry->name);
}

/* The pointers of one of a function's maps; bit 0 is the word at `first`, or at the given end less all words. */
static int read_map(const struct elf_file *elf, uint64_t address, int32_t index, int64_t place, bool place_is_end,
                    const struct go_table_entry *entry, struct go_frame *frame, struct failure *f)
{
    const uint8_t *header = elf_at(elf, address, 8);
    uint32_t maps = header ? u32(header) : 0, words = header ? u32(header + 4) : 0;
    uint64_t bytes = (words + 7ull) / 8;
    if (!header || words > INT32_MAX)
        return damaged(entry, f);
    if (!words)
        return 0;
    const uint8_t *map = (uint32_t)index < maps ? elf_at(elf, address + 8 + (uint32_t)index * bytes, bytes) : NULL;
    if (!map)
        return damaged(entry, f);
    int64_t first = place_is_end ? place - (int64_t)words * WORD : place;
    for (uint32_t i = 0; i < words; i++) {
        if (!(map[i / 8] >> i % 8 & 1))
            continue;
        if (frame->count == GO_FRAME_POINTERS)
            return fail(f, BAD_REQUEST, 0,
                        "the frame of %.300s has more than %d pointers to initialise: name a "
                        "function that it calls, or one that calls it",
                        entry->name, GO_FRAME_POINTERS);
        frame->pointers[frame->count++] = first + (int64_t)i * WORD;
    }
    return 0;
}

static int read_bits(const struct elf_file *elf, uint64_t address, int64_t locals_end,
                     const struct go_table_entry *entry, struct go_frame *frame, struct failure *f)
{
    uint32_t below;
    for (uint64_t n = 5; n > 0; n--) { /* as many bytes as there are before the end */
        const uint8_t *data = elf_at(elf, address, n), *next = data;
        if (data && read_varint(&next, data + n, &below)) {
            frame->bits = locals_end - below;
            return 0;
        }
    }
    return damaged(entry, f);
}

int go_frame_read(const struct go_table *table, const struct elf_file *elf, const struct go_layout *layout,
                  const struct go_table_entry *entry, struct go_frame *frame, struct failure *f)
{
    uint32_t defer_return = u32(table->bytes + entry->record + GO_FUNC_DEFERRETURN);
    uint32_t data[] = {funcdata(table, entry, LOCALS), funcdata(table, entry, ARGUMENTS),
                       funcdata(table, entry, OPEN_CODED_DEFERS)};
    int64_t locals_end = is_x86(elf) ? -2 * WORD : -WORD, arguments = is_x86(elf) ? 0 : WORD;
    memset(frame, 0, sizeof *frame);
    frame->defers = defer_return != 0;
    frame->open_coded = frame->defers && data[2] != NO_DATA;
    if (!frame->defers)
        return 0;
    uint64_t base = go_table_module_word(table, elf, layout->module_gofunc);
    int32_t map = value_at(table, elf, pcdata(table, entry, STACK_MAP_INDEX), defer_return);
    int32_t index = map < 0 ? 0 : map;
    if (!base || data[0] == NO_DATA || data[1] == NO_DATA)
        return damaged(entry, f);
    if (read_map(elf, base + data[0], index, locals_end, true, entry, frame, f))
        return -1;
    uint32_t inside = frame->count;
    if (read_map(elf, base + data[1], index, arguments, false, entry, frame, f))
        return -1;
    frame->outside = frame->count - inside;
    return frame->open_coded ? read_bits(elf, base + data[2], locals_end, entry, frame, f) : 0;
}
