// SPDX-License-Identifier: Apache-2.0
#include "go_binary.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "go_names.h"
#include "go_panic_point.h"
#include "go_prologue.h"
#include "go_table.h"
#include "go_version.h"

#define NEAREST 5

struct go_binary {
    struct elf_file elf;
    struct go_table table;
    char version[GO_VERSION_SIZE];
};

struct go_binary *go_binary_open(const char *path, struct failure *f)
{
    struct go_binary *binary = calloc(1, sizeof *binary);
    if (!binary) {
        fail(f, FAILED, ENOMEM, "no memory for the symbols of %s", path);
        return NULL;
    }
    if (!elf_open(&binary->elf, path, f) && !go_table_open(&binary->table, &binary->elf, f) &&
        !go_version_read(&binary->elf, binary->version, f))
        return binary;
    go_binary_close(binary);
    return NULL;
}

void go_binary_close(struct go_binary *binary)
{
    elf_close(&binary->elf);
    free(binary);
}

const char *go_binary_version(const struct go_binary *binary)
{
    return binary->version;
}

static int locate(const struct go_binary *binary, const struct go_table_entry *found, struct go_function *function,
                  struct failure *f)
{
    uint64_t size = found->end - found->entry;
    const uint8_t *code = elf_at(&binary->elf, found->entry, size);
    if (!code)
        return fail(f, UNSUPPORTED, 0, "the code of %s is not in the program's file", found->name);
    int push = binary->elf.header->e_machine == EM_X86_64 ? go_prologue_push(code, size) : -1;
    *function =
        (struct go_function){.name = found->name,
                             .entry = found->entry,
                             .end = found->end,
                             .probe = found->entry + (push < 0 ? 0 : (uint64_t)push),
                             .probe_offset = (uint64_t)(code - binary->elf.bytes) + (push < 0 ? 0 : (uint64_t)push),
                             .after_stack_check = push >= 0};
    return 0;
}

/* Of two functions of one name, the first that is no adapter: that is what Go code calls. */
static bool is_better(const struct go_table_entry *entry, const struct go_table_entry *found)
{
    return !found->name || (found->adapter && !entry->adapter);
}

/* The function of that full name; whether there is one. */
static bool find_exact(const struct go_table *table, const char *name, struct go_table_entry *found)
{
    struct go_table_entry entry;
    found->name = NULL;
    for (uint64_t i = 0; i < table->count; i++)
        if (go_table_entry(table, i, &entry) && !strcmp(entry.name, name) && is_better(&entry, found))
            *found = entry;
    return found->name;
}

int go_binary_find_any(const struct go_binary *binary, const char *name, struct go_function *function,
                       struct failure *f)
{
    struct go_table_entry entry;
    return find_exact(&binary->table, name, &entry) ? locate(binary, &entry, function, f)
                                                    : fail(f, BAD_REQUEST, 0, "the program has no function %s", name);
}

/* Up to five names in *text, nearest first, with ", " between; empty when nothing is near. */
static void nearest_names(const struct go_table *table, const char *name, char *text, size_t size)
{
    struct {
        const char *name;
        int distance;
    } near[NEAREST] = {{NULL, 0}};
    struct go_table_entry entry;
    for (uint64_t i = 0; i < table->count; i++) {
        if (!go_table_entry(table, i, &entry) || go_name_forbidden(entry.name))
            continue;
        int distance = go_name_distance(entry.name, name), at = NEAREST;
        while (at > 0 && distance < GO_NAME_UNLIKE && (!near[at - 1].name || near[at - 1].distance > distance))
            at--;
        if (at == NEAREST)
            continue;
        memmove(near + at + 1, near + at, (NEAREST - 1 - (size_t)at) * sizeof *near);
        near[at].name = entry.name;
        near[at].distance = distance;
    }
    text[0] = 0;
    for (int i = 0; i < NEAREST && near[i].name; i++)
        snprintf(text + strlen(text), size - strlen(text), "%s%s", i ? ", " : "", near[i].name);
}

/* The function by which a method is called as a value, "-fm" after its name; NULL without one. */
static const char *method_value(const struct go_table *table, const char *method)
{
    char name[512];
    struct go_table_entry entry;
    snprintf(name, sizeof name, "%.500s-fm", method);
    for (uint64_t i = 0; i < table->count; i++)
        if (go_table_entry(table, i, &entry) && go_name_ends_with(entry.name, name))
            return entry.name;
    return NULL;
}

static int refuse_unknown(const struct go_binary *binary, const char *name, struct failure *f)
{
    char near[1024];
    const char *value = method_value(&binary->table, name);
    if (value)
        return fail(f, BAD_REQUEST, 0,
                    "function %.300s was inlined into %.300s, by which it is called as a value: name that, or mark it "
                    "//go:noinline",
                    name, value);
    nearest_names(&binary->table, name, near, sizeof near);
    const char *hint = near[0] ? "; near: " : "; names are those of stack traces, such as main.(*Server).getUser";
    if (go_table_mentions(&binary->table, name))
        return fail(f, BAD_REQUEST, 0,
                    "function %.300s was inlined into its callers: name one of them, or mark it //go:noinline%s%s",
                    name, hint, near);
    return fail(f, BAD_REQUEST, 0, "the program has no function %.300s%s%s", name, hint, near);
}

static int refuse_ambiguous(const char *one, const char *other, const char *name, struct failure *f)
{
    return fail(f, BAD_REQUEST, 0, "function %.300s is not unambiguous: %.300s and %.300s; name one in full", name, one,
                other);
}

static int find_entry(const struct go_binary *binary, const char *name, struct go_table_entry *found, struct failure *f)
{
    struct go_table_entry entry;
    if (find_exact(&binary->table, name, found))
        return 0;
    for (uint64_t i = 0; i < binary->table.count; i++) {
        if (!go_table_entry(&binary->table, i, &entry) || !go_name_ends_with(entry.name, name))
            continue;
        if (found->name && strcmp(found->name, entry.name))
            return refuse_ambiguous(found->name, entry.name, name, f);
        if (is_better(&entry, found))
            *found = entry;
    }
    return found->name ? 0 : refuse_unknown(binary, name, f);
}

int go_binary_find(const struct go_binary *binary, const char *name, struct go_function *function, struct failure *f)
{
    struct go_table_entry found;
    if (find_entry(binary, name, &found, f))
        return -1;
    const char *forbidden = go_name_forbidden(found.name);
    if (!forbidden && found.assembly)
        forbidden = "it is written in assembly, which does not keep the goroutine where Go code has it";
    if (forbidden)
        return fail(f, BAD_REQUEST, 0, "function %.300s: %s; name a function of your own", found.name, forbidden);
    return locate(binary, &found, function, f);
}

static bool find_record(const struct go_table *table, uint64_t address, struct go_table_entry *entry)
{
    for (uint64_t i = 0; i < table->count; i++)
        if (go_table_entry(table, i, entry) && entry->entry == address)
            return true;
    return false;
}

int go_binary_panic_offset(const struct go_binary *binary, const struct go_function *function, uint64_t *offset,
                           struct failure *f)
{
    struct go_table_entry entry;
    struct go_layout layout;
    struct go_frame frame;
    const uint8_t *code = elf_at(&binary->elf, function->entry, function->end - function->entry);
    if (!code || !find_record(&binary->table, function->entry, &entry))
        return fail(f, UNSUPPORTED, 0, "the code of %s is not in the program's file", function->name);
    if (go_layout_of(binary->version, &layout, f) ||
        go_frame_read(&binary->table, &binary->elf, &layout, &entry, &frame, f))
        return -1;
    uint64_t file = (uint64_t)(code - binary->elf.bytes);
    struct go_panic_point point =
        go_panic_point(&binary->table, &binary->elf, &entry, &frame, code, function->probe_offset - file);
    *offset = file + point.at;
    if (!point.why)
        return 0;
    return fail(f, BAD_REQUEST, 0,
                "function %.300s has a defer, and no place is found in it where a panic would not end the program: "
                "%s; name a function that it calls, or one that calls it",
                function->name, point.why);
}

static bool calls(const struct go_binary *binary, const struct go_table_entry *caller, uint64_t callee)
{
    const uint8_t *code = elf_at(&binary->elf, caller->entry, caller->end - caller->entry);
    uint64_t size = code ? caller->end - caller->entry : 0;
    bool x86 = binary->elf.header->e_machine == EM_X86_64;
    for (uint64_t at = 0; at < size; at += x86 ? 1 : 4)
        if (x86 ? go_call_x86(code + at, size - at, caller->entry + at) == callee
                : go_call_arm64(code + at, size - at, caller->entry + at) == callee)
            return true;
    return false;
}

int go_binary_starts(const struct go_binary *binary, const char *name, uint64_t *entries, int max, struct failure *f)
{
    struct go_table_entry named, entry;
    if (find_entry(binary, name, &named, f))
        return -1;
    int count = 0;
    entries[count++] = named.entry;
    for (uint64_t i = 0; i < binary->table.count && count < max; i++)
        if (go_table_entry(&binary->table, i, &entry) && strstr(entry.name, ".gowrap") &&
            calls(binary, &entry, named.entry))
            entries[count++] = entry.entry;
    return count;
}

const uint8_t *go_binary_code(const struct go_binary *binary, const struct go_function *function)
{
    bool x86 = binary->elf.header->e_machine == EM_X86_64;
    return x86 ? elf_at(&binary->elf, function->entry, function->end - function->entry) : NULL;
}

bool go_binary_growth(const struct go_binary *binary, const struct go_function *function, struct go_growth *growth)
{
    struct go_function morestack;
    struct failure unknown;
    uint64_t size = function->end - function->entry;
    const uint8_t *code = go_binary_code(binary, function);
    uint64_t block = code ? go_prologue_growth(code, size) : 0;
    if (!block || go_binary_find_any(binary, "runtime.morestack_noctxt", &morestack, &unknown))
        return false;
    for (uint64_t at = block; at < size; at++) {
        if (go_call_x86(code + at, size - at, function->entry + at) != morestack.entry)
            continue;
        *growth = (struct go_growth){
            .block = function->entry + block, .call = function->entry + at, .morestack = morestack.entry};
        return true;
    }
    return false;
}

int go_binary_load_bias(const struct go_binary *binary, pid_t pid, uint64_t *bias, struct failure *f)
{
    uint64_t address, offset;
    *bias = 0;
    if (binary->elf.header->e_type != ET_DYN)
        return 0;
    char path[64], line[512];
    snprintf(path, sizeof path, "/proc/%d/maps", pid);
    FILE *maps = fopen(path, "re");
    bool found = false;
    while (maps && !elf_text_segment(&binary->elf, &address, &offset) && !found && fgets(line, sizeof line, maps)) {
        unsigned long start, at;
        char rights[8];
        found =
            sscanf(line, "%lx-%*x %7s %lx", &start, rights, &at) == 3 && rights[2] == 'x' && at == (offset & ~0xffful);
        if (found)
            *bias = start - (address & ~0xffful);
    }
    if (maps)
        fclose(maps);
    return found ? 0 : fail(f, FAILED, 0, "the program's text is not found in %s", path);
}
