// SPDX-License-Identifier: Apache-2.0
#include "skeleton.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHOWN 300 /* of the log: it starts with a dump of types, what went wrong is at its end */

char *skeleton_log(void)
{
    return calloc(1, SKELETON_LOG_SIZE);
}

static const char *end_of(const char *log)
{
    size_t length = log ? strlen(log) : 0;
    if (length == 0)
        return "none";
    return length > SHOWN ? log + length - SHOWN : log;
}

/* EPERM comes before the verifier, whose EACCES is about what a program does. */
int skeleton_failure(const char *name, int err, const char *log, struct failure *f)
{
    if (err == EPERM)
        return fail(
            f, DENIED, err,
            "loading the BPF object %s needs CAP_BPF, CAP_PERFMON and CAP_NET_ADMIN (or root); who has these is on "
            "a kernel that forbids programs of this type",
            name);
    if (err == ENOENT || err == ESRCH)
        return fail(f, UNSUPPORTED, err, "this kernel has no function such as the BPF object %s attaches to", name);
    return fail(f, UNSUPPORTED, err, "this kernel refused the BPF object %s; end of the verifier log: %s", name,
                end_of(log));
}
