// SPDX-License-Identifier: Apache-2.0
/* What is left of a Go program that was cut short or written over: it is refused or read in part, and nothing crashes.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "elf_file.h"
#include "go_binary.h"
#include "go_table.h"

#define CUTS 200
#define MANGLED 500
#define RANGE 1024 /* bytes at the beginning of a table that are written over */

static struct failure f;

static const char *program(const char *name)
{
    static char path[4096];
    const char *directory = getenv("CHAOS_GO_TARGETS");
    snprintf(path, sizeof path, "%s/%s", directory ? directory : "", name);
    return path;
}

static int opened;

/* Opened and searched; what comes of it does not matter. */
static void search(const char *path)
{
    struct go_binary *binary = go_binary_open(path, &f);
    struct go_function function;
    struct go_growth growth;
    uint64_t entries[8], offset;
    if (!binary)
        return;
    opened++;
    if (!go_binary_find(binary, "main.framed", &function, &f))
        go_binary_growth(binary, &function, &growth);
    if (!go_binary_find(binary, "main.worker", &function, &f)) /* which has a defer */
        go_binary_panic_offset(binary, &function, &offset, &f);
    go_binary_find(binary, "main.frame", &function, &f);
    go_binary_starts(binary, "main.framed", entries, 8, &f);
    go_binary_close(binary);
}

static uint8_t *read_program(size_t *size)
{
    int fd = open(program("probed"), O_RDONLY | O_CLOEXEC);
    struct stat status = {0};
    fstat(fd, &status);
    *size = (size_t)status.st_size;
    uint8_t *bytes = malloc(*size);
    CHECK(fd >= 0 && bytes && read(fd, bytes, *size) == (ssize_t)*size);
    close(fd);
    return bytes;
}

static void write_and_search(const uint8_t *bytes, size_t size)
{
    char path[] = "/tmp/chaos-mangled-XXXXXX";
    int fd = mkstemp(path);
    CHECK(fd >= 0 && write(fd, bytes, size) == (ssize_t)size);
    close(fd);
    search(path);
    unlink(path);
}

/* The sections' names are the last of a program, and cut off with them all is lost: over the first code instead. */
static void move_names_to_the_front(uint8_t *bytes)
{
    const Elf64_Ehdr *header = (const Elf64_Ehdr *)bytes;
    Elf64_Shdr *sections = (Elf64_Shdr *)(bytes + header->e_shoff), *names = &sections[header->e_shstrndx];
    unsigned int text = 1;
    while (!(sections[text].sh_flags & SHF_EXECINSTR))
        text++;
    memcpy(bytes + sections[text].sh_offset, bytes + names->sh_offset, names->sh_size);
    names->sh_offset = sections[text].sh_offset;
}

static void survives_programs_that_are_cut_short(void)
{
    size_t size;
    uint8_t *bytes = read_program(&size);
    move_names_to_the_front(bytes);
    for (int i = 0; i < CUTS; i++)
        write_and_search(bytes, size * (size_t)i / CUTS);
    CHECK(opened > 0 && opened < CUTS);
    for (size_t n = 0; n < 130; n += 7)
        write_and_search(bytes, n);
    free(bytes);
}

/* What begins where: that is where damage hurts, and where most of a program's bytes are not. */
static size_t tables(const uint8_t *bytes, size_t size, size_t *starts, size_t max)
{
    struct elf_file elf = {bytes, size, (const Elf64_Ehdr *)bytes};
    struct elf_section section;
    size_t count = 0;
    starts[count++] = 0;
    for (unsigned int i = 0; !elf_section(&elf, i, &section); i++)
        if (section.size > RANGE && count < max)
            starts[count++] = (size_t)(section.bytes - bytes);
    return count;
}

/* What the program says of a function with a defer. */
static size_t record_of_worker(const uint8_t *bytes, size_t size)
{
    struct elf_file elf = {bytes, size, (const Elf64_Ehdr *)bytes};
    struct go_table table = {0};
    struct go_table_entry entry = {0};
    CHECK(!go_table_open(&table, &elf, &f));
    for (uint64_t i = 0; i < table.count; i++)
        if (go_table_entry(&table, i, &entry) && !strcmp(entry.name, "main.worker"))
            return (size_t)(table.bytes - bytes + entry.record);
    CHECK(!"main.worker is there");
    return 0;
}

/* A part that was meant to be a count or an offset becomes anything, often a large one. */
static void overwrite(uint8_t *bytes, size_t n)
{
    int kind = rand() % 3;
    for (size_t i = 0; i < n; i++)
        bytes[i] = kind == 0 ? 0xff : kind == 1 ? 0 : (uint8_t)rand();
}

static void survives_programs_that_are_written_over(void)
{
    size_t size, starts[32];
    uint8_t *bytes = read_program(&size);
    size_t count = tables(bytes, size, starts, 31);
    starts[count++] = record_of_worker(bytes, size);
    CHECK(count > 8);
    opened = 0;
    srand(7);
    for (size_t i = 0; i < MANGLED; i++) {
        uint8_t kept[8];
        size_t at = starts[i % count] + (size_t)rand() % (RANGE - sizeof kept);
        memcpy(kept, bytes + at, sizeof kept);
        overwrite(bytes + at, 1 + (size_t)rand() % sizeof kept);
        write_and_search(bytes, size);
        memcpy(bytes + at, kept, sizeof kept);
    }
    CHECK(opened > MANGLED / 2 && opened < MANGLED);
    free(bytes);
}

int main(void)
{
    RUN(survives_programs_that_are_cut_short);
    RUN(survives_programs_that_are_written_over);
    return check_summary();
}
