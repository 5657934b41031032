// SPDX-License-Identifier: Apache-2.0
/*
 * Where a panic may be raised: in functions of src/test/go/cmd/deferring, and in damaged copies of them. Of x86-64
 * only, whose stores are looked for.
 */
#include "go_panic_point.h"

#include <stdlib.h>

#include "check.h"

static struct failure f;
static struct elf_file elf;
static struct go_table table;
static struct go_layout layout;

/* A function, with a copy of its code. */
struct function {
    struct go_table_entry entry;
    struct go_frame frame;
    uint8_t *code; /* in as many bytes as it has */
    uint64_t size;
};

static struct function function_named(const char *name)
{
    struct function found = {0};
    for (uint64_t i = 0; i < table.count && !found.code; i++) {
        if (!go_table_entry(&table, i, &found.entry) || strcmp(found.entry.name, name))
            continue;
        found.size = found.entry.end - found.entry.entry;
        found.code = malloc(found.size);
        memcpy(found.code, elf_at(&elf, found.entry.entry, found.size), found.size);
    }
    CHECK(found.code && !go_frame_read(&table, &elf, &layout, &found.entry, &found.frame, &f));
    return found;
}

static struct go_panic_point point_of(const struct function *function)
{
    return go_panic_point(&table, &elf, &function->entry, &function->frame, function->code, 7);
}

/* The first of some bytes; stops the test where there are none. */
static uint8_t *find(const struct function *function, const uint8_t *bytes, size_t size)
{
    uint8_t *found = memmem(function->code, function->size, bytes, size);
    CHECK(found != NULL);
    if (!found)
        exit(check_summary() + 1);
    return found;
}

static const uint8_t clear_bits[] = {0xc6, 0x44, 0x24};         /* movb …,…(%rsp) */
static const uint8_t clear_result[] = {0x48, 0xc7, 0x44, 0x24}; /* movq …,…(%rsp) */
#define CLEAR_BITS_SIZE 5
#define CLEAR_RESULT_SIZE 9

static void is_the_usual_one_where_the_frame_is_not_looked_at(void)
{
    static const char *const names[] = {"main.none", "main.ten", "main.loop", "main.returns", "main.escaped"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct function function = function_named(names[i]);
        CHECK_EQUAL(function.frame.defers, i > 0);
        CHECK(!function.frame.open_coded);
        CHECK(!point_of(&function).why);
        CHECK_EQUAL(point_of(&function).at, 7);
        free(function.code);
    }
}

static void is_the_store_that_clears_the_bits_where_no_result_is_a_pointer(void)
{
    struct function function = function_named("main.one");
    CHECK(function.frame.open_coded);
    CHECK(!point_of(&function).why);
    CHECK_EQUAL(point_of(&function).at, find(&function, clear_bits, sizeof clear_bits) - function.code);
    free(function.code);
}

static void comes_after_the_results_that_are_pointers(void)
{
    struct function function = function_named("main.named");
    CHECK(function.frame.count >= 5);
    CHECK(!point_of(&function).why);
    uint8_t *result = find(&function, clear_result, sizeof clear_result);
    CHECK(point_of(&function).at > (uint64_t)(result - function.code));
    free(function.code);
}

static void comes_after_results_in_memory_whatever_the_defers(void)
{
    static const char *const names[] = {"main.array", "main.tenth"};
    for (size_t i = 0; i < 2; i++) {
        struct function function = function_named(names[i]);
        CHECK_EQUAL(function.frame.open_coded, i == 0);
        CHECK_EQUAL(function.frame.outside, 4);
        CHECK(!point_of(&function).why);
        CHECK(point_of(&function).at > 20 && point_of(&function).at < function.size);
        free(function.code);
    }
}

static void is_not_known_where_bits_are_not_cleared(void)
{
    struct function function = function_named("main.one");
    uint8_t *store;
    while ((store = memmem(function.code, function.size, clear_bits, sizeof clear_bits)))
        memset(store, 0x90, CLEAR_BITS_SIZE);
    CHECK_CONTAINS(point_of(&function).why, "not seen to be cleared");
    free(function.code);
}

static void is_not_known_where_they_are_set_first(void)
{
    struct function function = function_named("main.one");
    find(&function, clear_bits, sizeof clear_bits)[CLEAR_BITS_SIZE - 1] = 1;
    CHECK_CONTAINS(point_of(&function).why, "not cleared first");
    free(function.code);
}

/* The second store takes the place of one that clears a result. */
static void is_not_known_where_they_are_written_twice(void)
{
    struct function function = function_named("main.named");
    uint8_t *bits = find(&function, clear_bits, sizeof clear_bits);
    uint8_t *result = find(&function, clear_result, sizeof clear_result);
    CHECK(result > bits);
    memset(result, 0x90, CLEAR_RESULT_SIZE);
    memcpy(result, bits, CLEAR_BITS_SIZE);
    CHECK_CONTAINS(point_of(&function).why, "more than once");
    free(function.code);
}

static void is_not_known_where_a_result_is_not_cleared(void)
{
    struct function function = function_named("main.named");
    uint8_t *result = find(&function, clear_result, sizeof clear_result);
    memset(result, 0x90, CLEAR_RESULT_SIZE); /* then comes the store that sets a bit */
    CHECK_CONTAINS(point_of(&function).why, "more than once before all pointers in its results");
    free(function.code);
}

static void is_not_known_after_a_call(void)
{
    struct function function = function_named("main.named");
    uint8_t *result = find(&function, clear_result, sizeof clear_result);
    result[0] = 0xe8;
    CHECK_CONTAINS(point_of(&function).why, "not all pointers in its results");
    free(function.code);
}

static void is_within_the_function_however_that_is_damaged_or_cut(void)
{
    static const char *const names[] = {"main.one", "main.named", "main.array", "main.tenth", "main.huge", "main.wide"};
    int known = 0, unknown = 0;
    srand(7);
    for (int i = 0; i < 6; i++) {
        const struct function whole = function_named(names[i]);
        for (int round = 0; round < 1000; round++) {
            struct function cut = whole;
            cut.size = (uint64_t)(16 + rand() % 112) % whole.size;
            cut.code = malloc(cut.size);
            memcpy(cut.code, whole.code, cut.size);
            if (cut.size)
                cut.code[(uint64_t)rand() % cut.size] = (uint8_t)rand();
            cut.entry.end = cut.entry.entry + cut.size;
            struct go_panic_point point = point_of(&cut);
            CHECK(point.why || point.at < cut.size);
            *(point.why ? &unknown : &known) += 1;
            free(cut.code);
        }
        free(whole.code);
    }
    CHECK(known > 1000 && unknown > 1000);
}

#if defined(__x86_64__)
#define IS_BUILT_FOR_THIS true
#else
#define IS_BUILT_FOR_THIS false
#endif

int main(void)
{
    if (!IS_BUILT_FOR_THIS) {
        printf("not run: it knows the code of x86-64 only\n");
        return check_summary();
    }
    char path[4096], version[GO_VERSION_SIZE];
    snprintf(path, sizeof path, "%s/deferring", getenv("CHAOS_GO_TARGETS") ? getenv("CHAOS_GO_TARGETS") : "");
    if (elf_open(&elf, path, &f) || go_table_open(&table, &elf, &f) || go_version_read(&elf, version, &f) ||
        go_layout_of(version, &layout, &f)) {
        printf("FAILED %s\n", f.msg);
        return 1;
    }
    RUN(is_the_usual_one_where_the_frame_is_not_looked_at);
    RUN(is_the_store_that_clears_the_bits_where_no_result_is_a_pointer);
    RUN(comes_after_the_results_that_are_pointers);
    RUN(comes_after_results_in_memory_whatever_the_defers);
    RUN(is_not_known_where_bits_are_not_cleared);
    RUN(is_not_known_where_they_are_set_first);
    RUN(is_not_known_where_they_are_written_twice);
    RUN(is_not_known_where_a_result_is_not_cleared);
    RUN(is_not_known_after_a_call);
    RUN(is_within_the_function_however_that_is_damaged_or_cut);
    elf_close(&elf);
    return check_summary();
}
