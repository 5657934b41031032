// SPDX-License-Identifier: Apache-2.0
/* Programs as Go builds them. */
#include "go_binary.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "go_table.h"

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
        finds(binary, "main.(*counter).add", "main.(*counter).add");
        finds(binary, "(*outcome).call", "main.(*outcome).call");
        finds(binary, "main.(*outcome).call.func1", "main.(*outcome).call.func1"); /* a closure */
        finds(binary, "main.generic[go.shape.int]", "main.generic[go.shape.int]");
        finds(binary, "generic[int]", "main.generic[int]");
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
    refuses(binary, "main.inlined", "was inlined into its callers");
    refuses(binary, "(*counter).plus", "was inlined into main.(*counter).plus-fm, by which it is called as a value");
    refuses(binary, "runtime.mallocgc", "would hang or end the program");
    refuses(binary, "syscall.rawVforkSyscall", "written in assembly");
    refuses(binary, "String", "not unambiguous");
    refuses(binary, "main.generic[...]", "main.generic[go.shape.int] and main.generic[int]");
    refuses(binary, "main.generic", "near: main.generic[");
    char endless[5000];
    memset(endless, 'x', sizeof endless - 1);
    endless[sizeof endless - 1] = 0;
    refuses(binary, endless, "names are those of stack traces");
    go_binary_close(binary);
}

static void finds_the_wrappers_of_go_statements(void)
{
    struct go_binary *binary = open_program("probed");
    uint64_t entries[8];
    CHECK_EQUAL(go_binary_starts(binary, "main.main", entries, 8, &f), 1);
    CHECK_EQUAL(go_binary_starts(binary, "main.worker", entries, 8, &f), 2);
    CHECK(entries[0] != entries[1]);
    CHECK(go_binary_starts(binary, "main.nothing", entries, 8, &f) < 0);
    go_binary_close(binary);
}

/* posix_spawn() returns before exec has mapped the program; when Go's runtime has its first thread, all of it is there.
 */
static void await_runtime(pid_t pid)
{
    char threads[64];
    struct stat tasks = {0};
    snprintf(threads, sizeof threads, "/proc/%d/task", pid);
    for (int tries = 0; tries < 5000 && tasks.st_nlink < 4; tries++) { /* two links beside those of two threads */
        usleep(1000);
        CHECK(!stat(threads, &tasks));
    }
}

/* The program runs until its input ends. */
static pid_t start(const char *name, int input[2])
{
    pid_t pid = 0;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    CHECK(!pipe2(input, O_CLOEXEC));
    posix_spawn_file_actions_adddup2(&actions, input[0], 0);
    CHECK(!posix_spawn(&pid, program(name), &actions, NULL, (char *[]){(char *)name, NULL}, environ));
    posix_spawn_file_actions_destroy(&actions);
    await_runtime(pid);
    return pid;
}

/* 8 bytes of a file. */
static uint64_t bytes_at(const char *path, uint64_t at)
{
    uint64_t bytes = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    CHECK(pread(fd, &bytes, sizeof bytes, (off_t)at) == sizeof bytes);
    close(fd);
    return bytes;
}

static void finds_functions_where_they_are_in_the_process(const char *name, bool moved)
{
    struct go_binary *binary = open_program(name);
    struct go_function function = {0};
    int input[2];
    pid_t pid = start(name, input);
    char memory[64];
    uint64_t bias = 1;
    snprintf(memory, sizeof memory, "/proc/%d/mem", pid);
    CHECK(!go_binary_find(binary, "main.leaf", &function, &f) && !function.after_stack_check); /* probed at its entry */
    CHECK(!go_binary_load_bias(binary, pid, &bias, &f));
    CHECK_EQUAL(bias != 0, moved);
    CHECK_EQUAL(bytes_at(memory, bias + function.entry), bytes_at(program(name), function.probe_offset));
    close(input[0]);
    close(input[1]);
    CHECK(waitpid(pid, NULL, 0) == pid);
    go_binary_close(binary);
}

static void knows_how_far_a_process_was_moved(void)
{
    finds_functions_where_they_are_in_the_process("probed", false);
    finds_functions_where_they_are_in_the_process("probed-stripped", false);
    finds_functions_where_they_are_in_the_process("probed-pie", true);
}

static void refuses_what_is_not_go(void)
{
    CHECK(!go_binary_open("/proc/self/exe", &f));
    CHECK_CONTAINS(f.msg, "not written in Go");
    CHECK(!go_binary_open("/proc/self/stat", &f));
    CHECK(!go_binary_open("/nowhere", &f));
    CHECK_TEXT(f.code, NO_TARGET);
}

/* reflect.moveMakeFuncArgPtrs is called from assembly through an adapter of the same name; a fault belongs on the real
 * one. */
static void finds_the_function_and_not_its_adapter(void)
{
    struct go_binary *binary = open_program("probed");
    struct elf_file elf;
    struct go_table table;
    struct go_table_entry entry;
    struct go_function function = {0};
    uint64_t real = 0, adapter = 0;
    CHECK(!elf_open(&elf, program("probed"), &f) && !go_table_open(&table, &elf, &f));
    for (uint64_t i = 0; i < table.count; i++)
        if (go_table_entry(&table, i, &entry) && !strcmp(entry.name, "reflect.moveMakeFuncArgPtrs"))
            *(entry.adapter ? &adapter : &real) = entry.entry;
    CHECK(real && adapter);
    CHECK(!go_binary_find(binary, "reflect.moveMakeFuncArgPtrs", &function, &f) && function.entry == real);
    CHECK(!go_binary_find(binary, "moveMakeFuncArgPtrs", &function, &f) && function.entry == real);
    CHECK(!go_binary_find_any(binary, "reflect.moveMakeFuncArgPtrs", &function, &f) && function.entry == real);
    elf_close(&elf);
    go_binary_close(binary);
}

int main(void)
{
    RUN(finds_functions_in_every_build);
    RUN(stripping_moves_nothing);
    RUN(refuses_with_the_reason_and_what_is_near);
    RUN(finds_the_wrappers_of_go_statements);
    RUN(knows_how_far_a_process_was_moved);
    RUN(refuses_what_is_not_go);
    RUN(finds_the_function_and_not_its_adapter);
    return check_summary();
}
