// SPDX-License-Identifier: Apache-2.0
/* Programs as Go builds them, and what is left of one that was cut short or written over. */
#include "go_binary.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"

#define MANGLED 300

static struct failure f;

static const char *program(const char *name)
{
    static char path[4096];
    const char *directory = getenv("CHAOS_GO_TARGETS");
    snprintf(path, sizeof path, "%s/%s", directory ? directory : "", name);
    return path;
}

static struct go_binary *open_program(const char *name)
{
    struct go_binary *binary = go_binary_open(program(name), &f);
    CHECK(binary != NULL);
    if (!binary)
        exit(check_summary() + 1);
    return binary;
}

static void finds(const struct go_binary *binary, const char *name, const char *full)
{
    struct go_function function;
    int rc = go_binary_find(binary, name, &function, &f);
    CHECK_TEXT(rc ? f.msg : function.name, full);
    CHECK(rc || (function.probe_offset > 0 && function.entry > 0));
}

static void refuses(const struct go_binary *binary, const char *name, const char *reason)
{
    struct go_function function;
    CHECK(go_binary_find(binary, name, &function, &f));
    CHECK_TEXT(f.code, BAD_REQUEST);
    CHECK_CONTAINS(f.msg, reason);
}

static void finds_functions_in_every_build(void)
{
    const char *const builds[] = {"probed", "probed-stripped", "probed-pie"};
    for (size_t i = 0; i < sizeof builds / sizeof *builds; i++) {
        struct go_binary *binary = open_program(builds[i]);
        CHECK_CONTAINS(go_binary_version(binary), "go1.");
        finds(binary, "main.framed", "main.framed");
        finds(binary, "framed", "main.framed");
        finds(binary, "strings.Fields", "strings.Fields");
        go_binary_close(binary);
    }
}

static void stripping_moves_nothing(void)
{
    struct go_binary *plain = open_program("probed"), *stripped = open_program("probed-stripped");
    struct go_function one, other;
    CHECK(!go_binary_find(plain, "main.framed", &one, &f));
    CHECK(!go_binary_find(stripped, "main.framed", &other, &f));
    CHECK_EQUAL(one.entry, other.entry);
    CHECK_EQUAL(one.probe_offset, other.probe_offset);
    CHECK(one.after_stack_check);
    go_binary_close(plain);
    go_binary_close(stripped);
}

static void refuses_with_the_reason_and_what_is_near(void)
{
    struct go_binary *binary = open_program("probed");
    refuses(binary, "main.frame", "near: main.framed");
    refuses(binary, "main.nothingAtAllLikeThis", "names are those of stack traces");
    refuses(binary, "runtime.mallocgc", "would hang or end the program");
    refuses(binary, "String", "not unambiguous");
    go_binary_close(binary);
}

static void finds_the_wrappers_of_go_statements(void)
{
    struct go_binary *binary = open_program("probed");
    uint64_t entries[8];
    CHECK(go_binary_starts(binary, "main.main", entries, 8, &f) == 1);
    CHECK(go_binary_starts(binary, "main.nothing", entries, 8, &f) < 0);
    go_binary_close(binary);
}

static void refuses_what_is_not_go(void)
{
    CHECK(!go_binary_open("/proc/self/exe", &f));
    CHECK_CONTAINS(f.msg, "not written in Go");
    CHECK(!go_binary_open("/proc/self/stat", &f));
    CHECK(!go_binary_open("/nowhere", &f));
    CHECK_TEXT(f.code, NO_TARGET);
}

/* Opened and searched; what comes of it does not matter. */
static void search(const char *path)
{
    struct go_binary *binary = go_binary_open(path, &f);
    struct go_function function;
    uint64_t entries[8];
    if (!binary)
        return;
    go_binary_find(binary, "main.framed", &function, &f);
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

static void survives_programs_that_are_cut_short(void)
{
    size_t size;
    uint8_t *bytes = read_program(&size);
    for (int i = 0; i < 60; i++)
        write_and_search(bytes, size * (size_t)i / 60);
    for (size_t n = 0; n < 130; n += 7)
        write_and_search(bytes, n);
    free(bytes);
}

/* Where it hurts: in the headers and, by their first bytes, in the tables. */
static void survives_programs_that_are_written_over(void)
{
    size_t size;
    uint8_t *bytes = read_program(&size);
    srand(7);
    for (int i = 0; i < MANGLED; i++) {
        uint8_t kept[8];
        size_t range = i % 3 ? 1024 : size, at = (size_t)rand() % (range - sizeof kept);
        memcpy(kept, bytes + at, sizeof kept);
        for (size_t k = 0; k < sizeof kept; k++)
            bytes[at + k] = (uint8_t)rand();
        write_and_search(bytes, i % 10 ? size : 4096);
        memcpy(bytes + at, kept, sizeof kept);
    }
    free(bytes);
}

int main(void)
{
    RUN(finds_functions_in_every_build);
    RUN(stripping_moves_nothing);
    RUN(refuses_with_the_reason_and_what_is_near);
    RUN(finds_the_wrappers_of_go_statements);
    RUN(refuses_what_is_not_go);
    RUN(survives_programs_that_are_cut_short);
    RUN(survives_programs_that_are_written_over);
    return check_summary();
}
