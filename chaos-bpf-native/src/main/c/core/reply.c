// SPDX-License-Identifier: Apache-2.0
#include "reply.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void put(struct reply *r, char c)
{
    if (r->length + 1 < r->size) {
        r->text[r->length] = c;
        r->text[r->length + 1] = 0;
    }
    r->length++;
}

static void put_plain(struct reply *r, const char *text)
{
    while (*text)
        put(r, *text++);
}

/* Anything that could be taken for the end of a value, or that does not print, becomes %XX. */
static void put_escaped(struct reply *r, const char *text)
{
    static const char digits[] = "0123456789ABCDEF";
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (isgraph(c) && c != '%' && c != '=') {
            put(r, (char)c);
            continue;
        }
        put(r, '%');
        put(r, digits[c >> 4]);
        put(r, digits[c & 15]);
    }
}

static void put_format(struct reply *r, const char *format, va_list args)
{
    char value[2048];
    vsnprintf(value, sizeof value, format, args);
    put_escaped(r, value);
}

void reply_ok(struct reply *r, char *text, size_t size)
{
    *r = (struct reply){.text = text, .size = size};
    if (size)
        text[0] = 0;
    put_plain(r, "ok");
}

void reply_error(struct reply *r, const struct failure *f)
{
    r->length = 0;
    put_plain(r, "error");
    reply_word(r, "code", "%s", f->code);
    reply_word(r, "errno", "%s", errno_name(f->err));
    reply_word(r, "msg", "%s", f->msg);
}

void reply_word(struct reply *r, const char *key, const char *format, ...)
{
    put(r, ' ');
    put_plain(r, key);
    put(r, '=');
    va_list args;
    va_start(args, format);
    put_format(r, format, args);
    va_end(args);
}

void reply_number(struct reply *r, const char *key, uint64_t value)
{
    reply_word(r, key, "%" PRIu64, value);
}

void reply_outcome(struct reply *r, const char *key, int rc, const struct failure *f)
{
    if (rc)
        reply_word(r, key, "no:%s:%s", errno_name(f->err), f->msg);
    else
        reply_word(r, key, "yes");
}

void reply_more(struct reply *r, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    put_format(r, format, args);
    va_end(args);
}
