// SPDX-License-Identifier: Apache-2.0
/* A 64-bit little-endian ELF file, mapped read-only. Nothing in it is trusted: it may be cut short or made up. */
#ifndef ELF_FILE_H
#define ELF_FILE_H

#include <elf.h>
#include <stdbool.h>
#include <stdint.h>

#include "failure.h"

struct elf_file {
    const uint8_t *bytes;
    uint64_t size;
    const Elf64_Ehdr *header;
};

struct elf_section {
    const uint8_t *bytes;
    uint64_t address, size;
    uint64_t flags; /* SHF_… */
};

int elf_open(struct elf_file *elf, const char *path, struct failure *f);
void elf_close(struct elf_file *elf);

/* Number i, from 0; -1 past the last. Sections without bytes in the file have size 0. */
int elf_section(const struct elf_file *elf, unsigned int i, struct elf_section *section);
int elf_section_named(const struct elf_file *elf, const char *name, struct elf_section *section);

/* The n bytes at a virtual address, from the segment that is loaded there; NULL where the file has none. */
const uint8_t *elf_at(const struct elf_file *elf, uint64_t address, uint64_t n);

/* The lowest address of an executable segment and where it is in the file. */
int elf_text_segment(const struct elf_file *elf, uint64_t *address, uint64_t *offset);

#endif
