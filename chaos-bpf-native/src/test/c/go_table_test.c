// SPDX-License-Identifier: Apache-2.0
/* A table of two functions made by hand, and with one number in it changed. */
#include "go_table.h"

#include <stddef.h>

#include "check.h"
#include "made_elf.h"

#define TEXT 0x401000
#define ASSEMBLY 4
#define ADAPTER 22

/* As the linker lays it out, runtime/symtab.go; what is not read is not named. */
static struct made {
    uint32_t magic;
    uint8_t zero[2], quantum, pointer;
    uint64_t count, files, text, names, units[3], functions;
    char text_of_names[32];
    struct {
        uint32_t entry, function;
    } index[2];
    uint32_t end;
    struct function {
        uint32_t entry, name, others[8];
        uint8_t id, flag, rest[2];
    } of[2];
} made;

#define SIZE (offsetof(struct made, of) + sizeof made.of)

static uint64_t module[23]; /* its first words are those by which it is found, the last is where the text begins */

static void make(void)
{
    uint32_t functions = offsetof(struct made, of) - offsetof(struct made, index);
    made = (struct made){.magic = 0xfffffff1,
                         .quantum = 1,
                         .pointer = 8,
                         .count = 2,
                         .text = TEXT,
                         .names = offsetof(struct made, text_of_names),
                         .functions = offsetof(struct made, index),
                         .text_of_names = "\0main.one\0main.other\0inlined",
                         .index = {{0, functions}, {0x40, functions + sizeof(struct function)}},
                         .end = 0x60,
                         .of = {{.name = 1}, {.entry = 0x40, .name = 10, .id = ADAPTER, .flag = ASSEMBLY}}};
    memset(module, 0, sizeof module);
    module[0] = MADE_ADDRESS(0);
    module[1] = MADE_ADDRESS(0) + made.names;
    module[22] = 0x402000;
}

static struct failure f;
static struct elf_file elf;
static struct go_table table;

/* The table cut to a size, and a module; made_elf_end(&elf) afterwards. */
static int open_cut(size_t size)
{
    const struct made_section sections[] = {{".gopclntab", &made, size}, {".go.module", module, sizeof module}};
    elf = made_elf(sections, made.text ? 1 : 2);
    return go_table_open(&table, &elf, &f);
}

static int open_made(void)
{
    return open_cut(SIZE);
}

static void reads_functions(void)
{
    struct go_table_entry entry;
    make();
    CHECK(!open_made());
    CHECK_EQUAL(table.count, 2);
    CHECK(go_table_entry(&table, 0, &entry) && !entry.assembly && !entry.adapter);
    CHECK_TEXT(entry.name, "main.one");
    CHECK(entry.entry == TEXT && entry.end == TEXT + 0x40);
    CHECK(go_table_entry(&table, 1, &entry) && entry.assembly && entry.adapter);
    CHECK_TEXT(entry.name, "main.other");
    CHECK(entry.entry == TEXT + 0x40 && entry.end == TEXT + 0x60);
    made_elf_end(&elf);
}

static void knows_names_from_their_beginning_to_their_end(void)
{
    make();
    CHECK(!open_made());
    CHECK(go_table_mentions(&table, "main.one"));
    CHECK(go_table_mentions(&table, "inlined"));
    CHECK(!go_table_mentions(&table, "nlined"));
    CHECK(!go_table_mentions(&table, "inline"));
    CHECK(!go_table_mentions(&table, "one"));
    made_elf_end(&elf);
}

static void asks_the_module_where_the_text_begins(void)
{
    make();
    made.text = 0;
    CHECK(!open_made() && table.text == 0x402000);
    made_elf_end(&elf);
    module[1]++;
    CHECK(open_made());
    CHECK_CONTAINS(f.msg, "runtime.moduledata");
    made_elf_end(&elf);
}

static void refuses_other_tables(void)
{
    make();
    made.magic = 0xfffffff0;
    CHECK(open_made());
    CHECK_CONTAINS(f.msg, "not of Go 1.20 or later (it begins with fffffff0)");
    made_elf_end(&elf);
    make();
    made.pointer = 4;
    CHECK(open_made());
    made_elf_end(&elf);
}

static void tells_programs_without_a_table_from_those_of_other_languages(void)
{
    const struct made_section go = {".go.buildinfo", module, sizeof module}, other = {".text", module, sizeof module};
    elf = made_elf(&go, 1);
    CHECK(go_table_open(&table, &elf, &f));
    CHECK_CONTAINS(f.msg, "is written in Go, but has no .gopclntab");
    made_elf_end(&elf);
    elf = made_elf(&other, 1);
    CHECK(go_table_open(&table, &elf, &f));
    CHECK_CONTAINS(f.msg, "is not written in Go");
    made_elf_end(&elf);
}

static void refuses_damaged_headers(void)
{
    const uint64_t damaged[] = {0, 71, SIZE, SIZE + 1, -8ull, -1ull, 1ull << 61};
    for (size_t i = 0; i < sizeof damaged / sizeof *damaged; i++) {
        for (int part = 0; part < 3; part++) {
            make();
            *(part == 0 ? &made.names : part == 1 ? &made.functions : &made.count) = damaged[i];
            int rc = open_made();
            CHECK(part < 2 || damaged[i] ? rc : !rc); /* no functions are few, but no damage */
            if (rc)
                CHECK_CONTAINS(f.msg, "damaged");
            made_elf_end(&elf);
        }
    }
}

static void passes_over_damaged_functions(void)
{
    const uint32_t names = offsetof(struct made, text_of_names), functions = offsetof(struct made, index);
    const struct {
        uint32_t *number, value;
    } damaged[] = {{&made.index[0].function, SIZE - functions - 43},
                   {&made.index[0].function, UINT32_MAX},
                   {&made.of[0].name, SIZE - names - 1}, /* the last byte, and it does not end a name */
                   {&made.of[0].name, SIZE - names},
                   {&made.of[0].name, UINT32_MAX},
                   {&made.index[0].entry, 0x40}}; /* begins at its end */
    struct go_table_entry entry;
    for (size_t i = 0; i < sizeof damaged / sizeof *damaged; i++) {
        make();
        made.of[1].rest[1] = 'x';
        *damaged[i].number = damaged[i].value;
        CHECK(!open_made());
        CHECK(!go_table_entry(&table, 0, &entry));
        CHECK(go_table_entry(&table, 1, &entry));
        made_elf_end(&elf);
    }
}

static void survives_a_cut_anywhere(void)
{
    struct go_table_entry entry;
    size_t opened = 0;
    make();
    for (size_t size = 0; size < SIZE; size++) {
        if (!open_cut(size)) {
            opened++;
            CHECK(!go_table_entry(&table, 1, &entry)); /* the last, which is cut */
            go_table_entry(&table, 0, &entry);
            CHECK(!go_table_mentions(&table, "main.nothing"));
        }
        made_elf_end(&elf);
    }
    CHECK(opened > sizeof made.of - 8 && opened < SIZE);
}

int main(void)
{
    RUN(reads_functions);
    RUN(knows_names_from_their_beginning_to_their_end);
    RUN(asks_the_module_where_the_text_begins);
    RUN(refuses_other_tables);
    RUN(tells_programs_without_a_table_from_those_of_other_languages);
    RUN(refuses_damaged_headers);
    RUN(passes_over_damaged_functions);
    RUN(survives_a_cut_anywhere);
    return check_summary();
}
