// SPDX-License-Identifier: Apache-2.0
#include "failure.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static int fill(struct failure *f, const char *code, int err, const char *format, va_list args)
{
    f->code = code;
    f->err = err;
    int n = vsnprintf(f->msg, sizeof f->msg, format, args);
    if (err && n >= 0 && (size_t)n < sizeof f->msg)
        snprintf(f->msg + n, sizeof f->msg - n, ": %s", strerror(err));
    return -1;
}

int fail(struct failure *f, const char *code, int err, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fill(f, code, err, format, args);
    va_end(args);
    return -1;
}

int fail_errno(struct failure *f, const char *code, const char *format, ...)
{
    int err = errno;
    va_list args;
    va_start(args, format);
    fill(f, err == EPERM || err == EACCES ? DENIED : code, err, format, args);
    va_end(args);
    return -1;
}
