// SPDX-License-Identifier: Apache-2.0
#include "go_table.h"

#include <string.h>

#define MAGIC 0xfffffff1u /* Go 1.20 and later */
#define HEADER_SIZE 72
#define FLAG_ASSEMBLY 4
#define MODULE_TEXT 22 /* word of runtime.moduledata */

static uint32_t u32(const uint8_t *at)
{
    uint32_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

static uint64_t u64(const uint8_t *at)
{
    uint64_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

/* runtime.moduledata is found by its first two words: the addresses of this table and of its names. */
uint64_t go_table_module_word(const struct go_table *table, const struct elf_file *elf, unsigned int word)
{
    struct elf_section section;
    uint64_t size = (uint64_t)(word + 1) * 8;
    for (unsigned int i = 0; !elf_section(elf, i, &section); i++) {
        if (!(section.flags & SHF_ALLOC) || section.flags & SHF_EXECINSTR)
            continue;
        for (uint64_t at = -section.address & 7; at + size <= section.size; at += 8)
            if (u64(section.bytes + at) == table->address &&
                u64(section.bytes + at + 8) == table->address + table->names)
                return u64(section.bytes + at + word * 8);
    }
    return 0;
}

static int open_section(const struct elf_file *elf, struct elf_section *section, struct failure *f)
{
    if (!elf_section_named(elf, ".gopclntab", section) || !elf_section_named(elf, ".data.rel.ro.gopclntab", section))
        return 0;
    if (!elf_section_named(elf, ".go.buildinfo", section))
        return fail(f, UNSUPPORTED, 0,
                    "the program is written in Go, but has no .gopclntab section: until go1.25, -buildmode=pie with a "
                    "linker other than Go's leaves none; build it without -buildmode=pie, or without cgo");
    return fail(f, UNSUPPORTED, 0, "the program is not written in Go: it has no .gopclntab section");
}

int go_table_open(struct go_table *table, const struct elf_file *elf, struct failure *f)
{
    struct elf_section section;
    if (open_section(elf, &section, f))
        return -1;
    const uint8_t *header = section.bytes;
    if (section.size < HEADER_SIZE || u32(header) != MAGIC || header[7] != sizeof(uint64_t))
        return fail(f, UNSUPPORTED, 0, "the program's .gopclntab is not of Go 1.20 or later (it begins with %08x)",
                    section.size < 4 ? 0 : u32(header));
    *table = (struct go_table){.bytes = header,
                               .size = section.size,
                               .count = u64(header + 8),
                               .address = section.address,
                               .text = u64(header + 24),
                               .names = u64(header + 32),
                               .values = u64(header + 56),
                               .functions = u64(header + 64)};
    if (table->names < HEADER_SIZE || table->names >= table->size || table->values >= table->size ||
        table->functions < HEADER_SIZE || table->functions >= table->size ||
        table->count >= (table->size - table->functions) / 8)
        return fail(f, UNSUPPORTED, 0, "the program's .gopclntab is damaged");
    if (!table->text) /* since Go 1.26 */
        table->text = go_table_module_word(table, elf, MODULE_TEXT);
    if (!table->text)
        return fail(f, UNSUPPORTED, 0, "runtime.moduledata, which says where the program's text begins, is not found");
    return 0;
}

bool go_table_entry(const struct go_table *table, uint64_t i, struct go_table_entry *entry)
{
    const uint8_t *pair = table->bytes + table->functions + i * 8;
    uint64_t function = table->functions + u32(pair + 4);
    if (function + GO_FUNC_SIZE > table->size)
        return false;
    uint64_t name = table->names + u32(table->bytes + function + GO_FUNC_NAME);
    if (name >= table->size || !memchr(table->bytes + name, 0, table->size - name))
        return false;
    *entry = (struct go_table_entry){.name = (const char *)table->bytes + name,
                                     .entry = table->text + u32(pair),
                                     .end = table->text + u32(pair + 8),
                                     .record = function,
                                     .assembly = table->bytes[function + GO_FUNC_FLAG] & FLAG_ASSEMBLY,
                                     .adapter = table->bytes[function + GO_FUNC_ID] != 0};
    return entry->end > entry->entry;
}

bool go_table_mentions(const struct go_table *table, const char *name)
{
    uint64_t n = strlen(name) + 1;
    const uint8_t *at = table->bytes + table->names, *end = table->bytes + table->size;
    while (at && (uint64_t)(end - at) > n) {
        if (!at[-1] && !memcmp(at, name, n))
            return true;
        at = memmem(at + 1, (size_t)(end - at - 1), name, n);
    }
    return false;
}
