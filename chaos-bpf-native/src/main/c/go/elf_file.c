// SPDX-License-Identifier: Apache-2.0
#include "elf_file.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const void *part(const struct elf_file *elf, uint64_t offset, uint64_t size)
{
    return offset <= elf->size && size <= elf->size - offset ? elf->bytes + offset : NULL;
}

static int map(struct elf_file *elf, int fd, const char *path, struct failure *f)
{
    struct stat status;
    if (fstat(fd, &status))
        return fail_errno(f, FAILED, "reading %s", path);
    elf->size = (uint64_t)status.st_size;
    void *bytes = elf->size ? mmap(NULL, elf->size, PROT_READ, MAP_PRIVATE, fd, 0) : NULL;
    if (bytes == MAP_FAILED)
        return fail_errno(f, FAILED, "mapping %s", path);
    elf->bytes = bytes;
    return 0;
}

static bool is_elf64(const struct elf_file *elf)
{
    const Elf64_Ehdr *header = part(elf, 0, sizeof *header);
    return header && !memcmp(header->e_ident, ELFMAG, SELFMAG) && header->e_ident[EI_CLASS] == ELFCLASS64 &&
           header->e_ident[EI_DATA] == ELFDATA2LSB && header->e_phentsize == sizeof(Elf64_Phdr);
}

int elf_open(struct elf_file *elf, const char *path, struct failure *f)
{
    memset(elf, 0, sizeof *elf);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fail_errno(f, NO_TARGET, "opening %s", path);
    int rc = map(elf, fd, path, f);
    close(fd);
    if (rc)
        return -1;
    if (!is_elf64(elf)) {
        elf_close(elf);
        return fail(f, UNSUPPORTED, 0, "%s is no 64-bit ELF file", path);
    }
    elf->header = (const Elf64_Ehdr *)elf->bytes;
    return 0;
}

void elf_close(struct elf_file *elf)
{
    if (elf->bytes)
        munmap((void *)elf->bytes, elf->size);
    memset(elf, 0, sizeof *elf);
}

/* Entry i of a table in the file, copied: a table may begin at an address that is not aligned. */
static bool entry(const struct elf_file *elf, uint64_t table, unsigned int i, void *copy, uint64_t size)
{
    const void *bytes = table <= elf->size ? part(elf, table + i * size, size) : NULL;
    if (bytes)
        memcpy(copy, bytes, size);
    return bytes != NULL;
}

static bool section_header(const struct elf_file *elf, unsigned int i, Elf64_Shdr *header)
{
    return i < elf->header->e_shnum && elf->header->e_shentsize == sizeof *header &&
           entry(elf, elf->header->e_shoff, i, header, sizeof *header);
}

static bool segment(const struct elf_file *elf, unsigned int i, Elf64_Phdr *header)
{
    return i < elf->header->e_phnum && entry(elf, elf->header->e_phoff, i, header, sizeof *header);
}

int elf_section(const struct elf_file *elf, unsigned int i, struct elf_section *section)
{
    Elf64_Shdr header;
    if (!section_header(elf, i, &header))
        return -1;
    *section = (struct elf_section){.address = header.sh_addr, .flags = header.sh_flags};
    section->bytes = header.sh_type == SHT_NOBITS ? NULL : part(elf, header.sh_offset, header.sh_size);
    section->size = section->bytes ? header.sh_size : 0;
    return 0;
}

static bool is_named(const struct elf_file *elf, unsigned int i, const char *name)
{
    Elf64_Shdr header;
    struct elf_section names;
    uint64_t n = strlen(name) + 1;
    return section_header(elf, i, &header) && !elf_section(elf, elf->header->e_shstrndx, &names) &&
           header.sh_name < names.size && n <= names.size - header.sh_name &&
           !memcmp(names.bytes + header.sh_name, name, n);
}

int elf_section_named(const struct elf_file *elf, const char *name, struct elf_section *section)
{
    for (unsigned int i = 0; !elf_section(elf, i, section); i++)
        if (section->size && is_named(elf, i, name))
            return 0;
    return -1;
}

const uint8_t *elf_at(const struct elf_file *elf, uint64_t address, uint64_t n)
{
    Elf64_Phdr loaded;
    for (unsigned int i = 0; segment(elf, i, &loaded); i++) {
        uint64_t at = address - loaded.p_vaddr;
        if (loaded.p_type == PT_LOAD && address >= loaded.p_vaddr && at <= loaded.p_filesz &&
            n <= loaded.p_filesz - at && loaded.p_offset <= UINT64_MAX - at)
            return part(elf, loaded.p_offset + at, n);
    }
    return NULL;
}

int elf_text_segment(const struct elf_file *elf, uint64_t *address, uint64_t *offset)
{
    Elf64_Phdr loaded;
    for (unsigned int i = 0; segment(elf, i, &loaded); i++)
        if (loaded.p_type == PT_LOAD && loaded.p_flags & PF_X) {
            *address = loaded.p_vaddr;
            *offset = loaded.p_offset;
            return 0;
        }
    return -1;
}
