// SPDX-License-Identifier: Apache-2.0
/* An ELF file of a few sections, on the heap in as many bytes as it has: the sanitizers see whoever reads past the end.
 */
#ifndef MADE_ELF_H
#define MADE_ELF_H

#include <stdlib.h>
#include <string.h>

#include "elf_file.h"

#define MADE_SECTIONS 4
#define MADE_ADDRESS(i) (0x400000 + 0x1000 * (uint64_t)(i)) /* of section i */

struct made_section {
    char name[32];
    const void *bytes;
    size_t size;
};

/* The sections' bytes lie at the end, the last section's last. */
static inline struct elf_file made_elf(const struct made_section *sections, unsigned int n)
{
    struct {
        Elf64_Ehdr header;
        Elf64_Shdr sections[MADE_SECTIONS + 1];
        struct made_section names[MADE_SECTIONS];
    } front = {.header = {.e_shoff = sizeof front.header,
                          .e_shnum = (Elf64_Half)(n + 1),
                          .e_shentsize = sizeof *front.sections,
                          .e_shstrndx = (Elf64_Half)n}};
    size_t size = sizeof front;
    front.sections[n] =
        (Elf64_Shdr){.sh_offset = (size_t)((char *)front.names - (char *)&front), .sh_size = n * sizeof *sections};
    for (unsigned int i = 0; i < n; size += sections[i++].size)
        front.sections[i] = (Elf64_Shdr){.sh_name = (Elf64_Word)(i * sizeof *sections),
                                         .sh_flags = SHF_ALLOC,
                                         .sh_addr = MADE_ADDRESS(i),
                                         .sh_offset = size,
                                         .sh_size = sections[i].size};
    memcpy(front.names, sections, n * sizeof *sections);
    uint8_t *bytes = malloc(size);
    memcpy(bytes, &front, sizeof front);
    for (unsigned int i = 0; i < n; i++)
        memcpy(bytes + front.sections[i].sh_offset, sections[i].bytes, sections[i].size);
    return (struct elf_file){bytes, size, (const Elf64_Ehdr *)bytes};
}

static inline void made_elf_end(struct elf_file *elf)
{
    free((void *)elf->bytes);
}

#endif
