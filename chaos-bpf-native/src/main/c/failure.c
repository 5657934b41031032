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

/* Own table: strerrorname_np() would need a newer C library than the rest of the helper does. */
static const struct {
    int err;
    const char *name;
} names[] = {
    {0, "0"},
    {EPERM, "EPERM"},
    {ENOENT, "ENOENT"},
    {ESRCH, "ESRCH"},
    {EINTR, "EINTR"},
    {EIO, "EIO"},
    {ENXIO, "ENXIO"},
    {E2BIG, "E2BIG"},
    {EBADF, "EBADF"},
    {EAGAIN, "EAGAIN"},
    {ENOMEM, "ENOMEM"},
    {EACCES, "EACCES"},
    {EFAULT, "EFAULT"},
    {EBUSY, "EBUSY"},
    {EEXIST, "EEXIST"},
    {ENODEV, "ENODEV"},
    {EINVAL, "EINVAL"},
    {EMFILE, "EMFILE"},
    {ENFILE, "ENFILE"},
    {ENOSPC, "ENOSPC"},
    {ERANGE, "ERANGE"},
    {ENOSYS, "ENOSYS"},
    {EMSGSIZE, "EMSGSIZE"},
    {EPROTONOSUPPORT, "EPROTONOSUPPORT"},
    {EOPNOTSUPP, "EOPNOTSUPP"},
    {EAFNOSUPPORT, "EAFNOSUPPORT"},
    {ENETDOWN, "ENETDOWN"},
    {ENOBUFS, "ENOBUFS"},
    {ETIMEDOUT, "ETIMEDOUT"},
};

const char *errno_name(int err)
{
    static char number[16];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].err == err)
            return names[i].name;
    snprintf(number, sizeof number, "E%d", err);
    return number;
}
