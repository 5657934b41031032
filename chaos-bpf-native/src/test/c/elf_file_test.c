// SPDX-License-Identifier: Apache-2.0
/*
 * ELF files made by hand, honest ones and others. They are on the heap, each in as many bytes as it has, so that the
 * sanitizers see whoever reads past the end.
 */
#include "elf_file.h"

#include <stddef.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "check.h"

#define NAMES "\0.first\0.second\0.bss\0.names"
#define TEXT 0x400000

enum { FIRST, SECOND, BSS, STRINGS, SECTIONS };

/* A file of two sections with bytes, one without, and their names; one segment holds all of it. */
struct parts {
    Elf64_Ehdr header;
    Elf64_Phdr segment;
    Elf64_Shdr sections[SECTIONS];
    char first[8], second[16], names[sizeof NAMES];
};
static struct parts parts;

static void make(void)
{
    uint64_t first = offsetof(struct parts, first), second = offsetof(struct parts, second);
    parts = (struct parts){
        .header = {.e_type = ET_EXEC,
                   .e_phoff = offsetof(struct parts, segment),
                   .e_phnum = 1,
                   .e_phentsize = sizeof(Elf64_Phdr),
                   .e_shoff = offsetof(struct parts, sections),
                   .e_shnum = SECTIONS,
                   .e_shentsize = sizeof(Elf64_Shdr),
                   .e_shstrndx = STRINGS},
        .segment = {.p_type = PT_LOAD, .p_flags = PF_X, .p_vaddr = TEXT, .p_filesz = sizeof parts},
        .sections = {{.sh_name = 1, .sh_offset = first, .sh_size = sizeof parts.first, .sh_addr = TEXT + first},
                     {.sh_name = 8, .sh_offset = second, .sh_size = sizeof parts.second, .sh_addr = TEXT + second},
                     {.sh_name = 16, .sh_type = SHT_NOBITS, .sh_offset = first, .sh_size = sizeof parts.first},
                     {.sh_name = 21, .sh_offset = offsetof(struct parts, names), .sh_size = sizeof NAMES}},
        .first = "1234567",
        .second = "abcdefghijklmno",
        .names = NAMES};
    memcpy(parts.header.e_ident, (const uint8_t[]){0x7f, 'E', 'L', 'F', ELFCLASS64, ELFDATA2LSB}, 6);
}

static struct elf_file heap(const void *bytes, size_t size)
{
    uint8_t *copy = malloc(size);
    memcpy(copy, bytes, size);
    return (struct elf_file){copy, size, (const Elf64_Ehdr *)copy};
}

static struct elf_file heap_of_parts(void)
{
    return heap(&parts, sizeof parts);
}

static void end(struct elf_file *elf)
{
    free((void *)elf->bytes);
}

static void finds_sections_by_number_and_by_name(void)
{
    make();
    struct elf_file elf = heap_of_parts();
    struct elf_section section;
    CHECK(!elf_section_named(&elf, ".second", &section));
    CHECK_EQUAL(section.size, sizeof parts.second);
    CHECK_TEXT((const char *)section.bytes, "abcdefghijklmno");
    CHECK(!elf_section_named(&elf, ".names", &section)); /* the last, which ends with the file */
    CHECK(elf_section_named(&elf, ".bss", &section));    /* no bytes */
    CHECK(elf_section_named(&elf, ".firs", &section));
    CHECK(!elf_section(&elf, BSS, &section) && section.size == 0);
    CHECK(elf_section(&elf, SECTIONS, &section));
    end(&elf);
}

static void finds_what_is_loaded_at_an_address(void)
{
    make();
    struct elf_file elf = heap_of_parts();
    uint64_t address, offset;
    const uint8_t *first = elf_at(&elf, TEXT + offsetof(struct parts, first), 8);
    CHECK(first && !strcmp((const char *)first, "1234567"));
    CHECK(elf_at(&elf, TEXT, sizeof parts) == elf.bytes);
    CHECK(!elf_at(&elf, TEXT, sizeof parts + 1));
    CHECK(!elf_at(&elf, TEXT - 1, 1));
    CHECK(!elf_at(&elf, TEXT + sizeof parts, 1));
    CHECK(!elf_at(&elf, TEXT + 8, UINT64_MAX));
    CHECK(!elf_text_segment(&elf, &address, &offset) && address == TEXT && offset == 0);
    end(&elf);
}

/* No linker puts the headers at such offsets, but a file can. */
static void reads_headers_at_odd_offsets(void)
{
    make();
    uint8_t odd[2 * sizeof parts + 8];
    for (size_t by = 1; by < 8; by++) {
        uint64_t copy = sizeof parts + by; /* of all of it, for the sake of its headers */
        parts.header.e_phoff = copy + offsetof(struct parts, segment);
        parts.header.e_shoff = copy + offsetof(struct parts, sections);
        memcpy(odd, &parts, sizeof parts);
        memcpy(odd + copy, &parts, sizeof parts);
        struct elf_file elf = heap(odd, copy + sizeof parts);
        struct elf_section section;
        CHECK(!elf_section_named(&elf, ".second", &section));
        CHECK(elf_at(&elf, TEXT, 1) == elf.bytes);
        end(&elf);
    }
}

static void has_no_headers_where_their_offset_overflows(void)
{
    struct elf_file elf;
    struct elf_section section;
    make();
    parts.header.e_shoff = -sizeof(Elf64_Shdr);
    parts.header.e_phoff = -sizeof(Elf64_Phdr);
    parts.header.e_phnum = 3;
    elf = heap_of_parts();
    for (unsigned int i = 0; i < SECTIONS; i++)
        CHECK(elf_section(&elf, i, &section)); /* number 1 would be the file's own header */
    CHECK(!elf_at(&elf, 0, 0));
    end(&elf);
}

static void has_no_bytes_outside_of_the_file(void)
{
    const struct {
        uint64_t offset, size;
    } outside[] = {{sizeof parts, 1}, {sizeof parts + 1, 0}, {8, sizeof parts}, {-8ull, 16},
                   {8, -8ull},        {-1ull, -1ull}};
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++) {
        make();
        parts.sections[FIRST].sh_offset = parts.segment.p_offset = outside[i].offset;
        parts.sections[FIRST].sh_size = parts.segment.p_filesz = outside[i].size;
        struct elf_file elf = heap_of_parts();
        struct elf_section section;
        CHECK(!elf_section(&elf, FIRST, &section) && section.size == 0 && !section.bytes);
        CHECK(!elf_at(&elf, TEXT + 1, sizeof parts));
        end(&elf);
    }
}

static void has_no_names_outside_of_their_section(void)
{
    struct elf_section section;
    const uint32_t damaged[] = {sizeof NAMES - 3, sizeof NAMES, UINT32_MAX};
    for (size_t i = 0; i < sizeof damaged / sizeof *damaged; i++) {
        make();
        parts.sections[FIRST].sh_name = damaged[i];
        struct elf_file elf = heap_of_parts();
        CHECK(elf_section_named(&elf, ".first", &section));
        CHECK(!elf_section_named(&elf, ".second", &section));
        end(&elf);
    }
    make();
    parts.sections[STRINGS].sh_offset = -8ull; /* and 8 on would be the beginning of the file */
    struct elf_file elf = heap_of_parts();
    CHECK(elf_section_named(&elf,
                            "\x7f"
                            "ELF\2\1",
                            &section));
    end(&elf);
}

static void survives_a_cut_anywhere(void)
{
    make();
    struct elf_section section;
    for (size_t size = sizeof parts.header; size < sizeof parts; size++) {
        struct elf_file elf = heap(&parts, size);
        CHECK(elf_section_named(&elf, ".nowhere", &section));
        CHECK(!elf_at(&elf, TEXT, size + 1));
        for (unsigned int i = 0; !elf_section(&elf, i, &section); i++)
            CHECK(section.size == 0 || section.bytes + section.size <= elf.bytes + size);
        end(&elf);
    }
}

static const char *refusal(size_t size)
{
    static struct failure f;
    struct elf_file elf;
    char path[64];
    int fd = memfd_create("elf", MFD_CLOEXEC);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    if (fd < 0 || write(fd, &parts, size) != (ssize_t)size)
        return "the test cannot write its file";
    int rc = elf_open(&elf, path, &f);
    close(fd);
    if (rc)
        return f.msg;
    elf_close(&elf);
    return "none";
}

static void opens_only_files_of_64_bits_and_this_byte_order(void)
{
    make();
    CHECK_TEXT(refusal(sizeof parts), "none");
    for (size_t size = 0; size < sizeof parts.header; size++)
        CHECK_CONTAINS(refusal(size), "is no 64-bit ELF file");
    const uint8_t others[][2] = {{EI_CLASS, ELFCLASS32}, {EI_DATA, ELFDATA2MSB}, {EI_MAG3, 'f'}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        make();
        parts.header.e_ident[others[i][0]] = others[i][1];
        CHECK_CONTAINS(refusal(sizeof parts), "is no 64-bit ELF file");
    }
    make();
    parts.header.e_phentsize--;
    CHECK_CONTAINS(refusal(sizeof parts), "is no 64-bit ELF file");
}

int main(void)
{
    RUN(finds_sections_by_number_and_by_name);
    RUN(finds_what_is_loaded_at_an_address);
    RUN(reads_headers_at_odd_offsets);
    RUN(has_no_headers_where_their_offset_overflows);
    RUN(has_no_bytes_outside_of_the_file);
    RUN(has_no_names_outside_of_their_section);
    RUN(survives_a_cut_anywhere);
    RUN(opens_only_files_of_64_bits_and_this_byte_order);
    return check_summary();
}
