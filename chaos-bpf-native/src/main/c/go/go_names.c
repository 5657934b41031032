// SPDX-License-Identifier: Apache-2.0
#include "go_names.h"

#include <stddef.h>
#include <string.h>

#define LONGEST 200 /* of what is compared */

/* What follows a '[' and all up to its ']'. */
static const char *after_arguments(const char *bracket)
{
    int depth = 0;
    for (; *bracket; bracket++) {
        depth += (*bracket == '[') - (*bracket == ']');
        if (!depth)
            return bracket + 1;
    }
    return bracket;
}

/* Stack traces write [...] for any type arguments. */
static bool is_same(const char *full, const char *name)
{
    static const char any[] = "[...]";
    while (*full && *full == *name) {
        bool arguments = !strncmp(name, any, sizeof any - 1);
        full = arguments ? after_arguments(full) : full + 1;
        name += arguments ? sizeof any - 1 : 1;
    }
    return *full == *name;
}

bool go_name_ends_with(const char *full, const char *name)
{
    for (; !is_same(full, name); full++) {
        full = strpbrk(full, "/.");
        if (!full)
            return false;
    }
    return *name;
}

static bool starts_with(const char *text, const char *start)
{
    return !strncmp(text, start, strlen(start));
}

static bool ends_in_fatal(const char *full)
{
    return !strcmp(full, "sync.fatal") || !strcmp(full, "sync.throw") || !strcmp(full, "internal/sync.fatal") ||
           !strcmp(full, "internal/sync.throw");
}

const char *go_name_forbidden(const char *full)
{
    static const char *const runtime[] = {"runtime.",      "runtime/",      "internal/runtime/",
                                          "internal/abi.", "internal/cpu.", "internal/bytealg.",
                                          "go:",           "type:"};
    for (size_t i = 0; i < sizeof runtime / sizeof *runtime; i++)
        if (starts_with(full, runtime[i]))
            return "it belongs to the Go runtime, which would hang or end the program";
    if (strstr(full, ".runtime_") || starts_with(full, "syscall.forkAndExecInChild") || ends_in_fatal(full))
        return "it is the Go runtime's under another name, which would hang or end the program";
    if (starts_with(full, "_cgo_") || starts_with(full, "x_cgo_") || strstr(full, "._Cfunc_") ||
        strstr(full, "_cgoexp_"))
        return "it is cgo's, and may not run on a goroutine's own stack";
    return NULL;
}

/* What follows the path, without type arguments; returns its length, of which LONGEST bytes are copied. */
static size_t simple(const char *name, char *copy)
{
    size_t n = 0;
    while (*name) {
        if (*name == '[') {
            name = after_arguments(name);
            continue;
        }
        if (*name == '/')
            n = 0;
        else if (n++ < LONGEST)
            copy[n - 1] = *name;
        name++;
    }
    return n;
}

static int least(int a, int b, int c)
{
    int ab = a < b ? a : b;
    return ab < c ? ab : c;
}

/* Levenshtein's distance, a row at a time. */
static int edits(const char *one, int m, const char *other, int n)
{
    int row[LONGEST + 1];
    for (int j = 0; j <= n; j++)
        row[j] = j;
    for (int i = 1; i <= m; i++) {
        int diagonal = row[0];
        row[0] = i;
        for (int j = 1; j <= n; j++) {
            int above = row[j];
            row[j] = least(above + 1, row[j - 1] + 1, diagonal + (one[i - 1] != other[j - 1]));
            diagonal = above;
        }
    }
    return row[n];
}

int go_name_distance(const char *one, const char *other)
{
    char a[LONGEST], b[LONGEST];
    size_t m = simple(one, a), n = simple(other, b);
    if (m > LONGEST || n > LONGEST)
        return GO_NAME_UNLIKE;
    int distance = edits(a, (int)m, b, (int)n);
    return 2 * distance > (int)(m > n ? m : n) ? GO_NAME_UNLIKE : distance;
}
