// SPDX-License-Identifier: Apache-2.0
#include "go_names.h"

#include <stddef.h>
#include <string.h>

#define LONGEST 200 /* of what is compared */

bool go_name_ends_with(const char *full, const char *name)
{
    size_t whole = strlen(full), end = strlen(name);
    if (end > whole || strcmp(full + whole - end, name))
        return false;
    return end == whole || full[whole - end - 1] == '/' || full[whole - end - 1] == '.';
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

static const char *after_path(const char *name)
{
    const char *slash = strrchr(name, '/');
    return slash ? slash + 1 : name;
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
    const char *a = after_path(one), *b = after_path(other);
    size_t m = strlen(a), n = strlen(b);
    if (m > LONGEST || n > LONGEST)
        return GO_NAME_UNLIKE;
    int distance = edits(a, (int)m, b, (int)n);
    return 2 * distance > (int)(m > n ? m : n) ? GO_NAME_UNLIKE : distance;
}
