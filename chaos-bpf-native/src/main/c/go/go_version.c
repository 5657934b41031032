// SPDX-License-Identifier: Apache-2.0
#include "go_version.h"

#include <stdio.h>
#include <string.h>

#define HEADER_SIZE 32 /* of .go.buildinfo, debug/buildinfo */
#define FLAG_INLINE 2  /* the strings follow the header */

int go_version_read(const struct elf_file *elf, char version[GO_VERSION_SIZE], struct failure *f)
{
    struct elf_section section;
    static const char magic[] = "\xff Go buildinf:";
    if (elf_section_named(elf, ".go.buildinfo", &section) || section.size <= HEADER_SIZE ||
        memcmp(section.bytes, magic, sizeof magic - 1) || !(section.bytes[15] & FLAG_INLINE))
        return fail(f, UNSUPPORTED, 0, "the program does not say which release of Go built it (no .go.buildinfo)");
    uint64_t length = section.bytes[HEADER_SIZE]; /* a varint; versions are short */
    if (length >= GO_VERSION_SIZE || length > section.size - HEADER_SIZE - 1)
        return fail(f, UNSUPPORTED, 0, "the program's .go.buildinfo is damaged");
    memcpy(version, section.bytes + HEADER_SIZE + 1, length);
    version[length] = 0;
    return 0;
}
