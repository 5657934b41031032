// SPDX-License-Identifier: Apache-2.0
/*
 * A test is a function that checks; main() lists them:
 *
 *     int main(void) { RUN(parses_a_range); return check_summary(); }
 *
 * Files: *_test.c needs nothing (and runs under the sanitizers), *_bpf_test.c and *_live_test.c need root.
 */
#ifndef CHECK_H
#define CHECK_H

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static int tests_passed, tests_failed, checks_failed, checks_done;

static inline void check(int good, const char *what, const char *file, int line)
{
    checks_done++;
    if (good)
        return;
    checks_failed++;
    printf("    %s:%d: %s\n", file, line, what);
}

static inline void check_equal(int64_t actual, int64_t expected, const char *what, const char *file, int line)
{
    char text[512];
    snprintf(text, sizeof text, "%s is %" PRId64 ", expected %" PRId64, what, actual, expected);
    check(actual == expected, text, file, line);
}

static inline void check_text(const char *actual, const char *expected, const char *what, const char *file, int line)
{
    char text[2048];
    snprintf(text, sizeof text, "%s is \"%s\", expected \"%s\"", what, actual, expected);
    check(!strcmp(actual, expected), text, file, line);
}

static inline void check_contains(const char *actual, const char *part, const char *what, const char *file, int line)
{
    char text[2048];
    snprintf(text, sizeof text, "%s is \"%s\", expected to contain \"%s\"", what, actual, part);
    check(strstr(actual, part) != NULL, text, file, line);
}

#define CHECK(condition) check(!!(condition), #condition, __FILE__, __LINE__)
#define CHECK_EQUAL(actual, expected) check_equal((int64_t)(actual), (int64_t)(expected), #actual, __FILE__, __LINE__)
#define CHECK_TEXT(actual, expected) check_text(actual, expected, #actual, __FILE__, __LINE__)
#define CHECK_CONTAINS(actual, part) check_contains(actual, part, #actual, __FILE__, __LINE__)

/* A test that checked nothing has failed. */
static inline void run_test(void (*test)(void), const char *name)
{
    checks_failed = checks_done = 0;
    test();
    int good = checks_done > 0 && checks_failed == 0;
    *(good ? &tests_passed : &tests_failed) += 1;
    printf("%s %s\n", good ? "ok    " : "FAILED", name);
    fflush(stdout);
}
#define RUN(test) run_test(test, #test)

static inline int check_summary(void)
{
    printf("# %d passed, %d failed\n", tests_passed, tests_failed);
    return tests_failed > 0;
}

#endif
