// SPDX-License-Identifier: Apache-2.0
#include "request.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static int hex(char c)
{
    return isdigit((unsigned char)c) ? c - '0' : isxdigit((unsigned char)c) ? tolower((unsigned char)c) - 'a' + 10 : -1;
}

/* Decode %XX in place. A NUL byte is refused: values are C strings. */
static bool unescape(char *text)
{
    char *out = text;
    for (const char *in = text; *in; in++) {
        if (*in != '%') {
            *out++ = *in;
            continue;
        }
        int high = hex(in[1]);
        int low = high < 0 ? -1 : hex(in[2]);
        if (low < 0 || (high == 0 && low == 0))
            return false;
        *out++ = (char)(high << 4 | low);
        in += 2;
    }
    *out = 0;
    return true;
}

static int add_word(struct request *r, char *text, struct failure *f)
{
    char *equals = strchr(text, '=');
    if (!equals || equals == text)
        return fail(f, BAD_REQUEST, 0, "\"%.60s\" is not key=value", text);
    *equals = 0;
    if (r->count == REQUEST_WORDS)
        return fail(f, BAD_REQUEST, 0, "more than %d keys in one request", REQUEST_WORDS);
    for (int i = 0; i < r->count; i++)
        if (!strcmp(r->word[i].key, text))
            return fail(f, BAD_REQUEST, 0, "key %.60s is given twice", text);
    if (!unescape(equals + 1))
        return fail(f, BAD_REQUEST, 0, "%.60s=%.60s: %% must be followed by two hexadecimal digits, not 00", text,
                    equals + 1);
    r->word[r->count++] = (struct request_word){text, equals + 1, false};
    return 0;
}

int request_parse(struct request *r, const char *line, struct failure *f)
{
    size_t length = strlen(line);
    if (length >= sizeof r->text)
        return fail(f, BAD_REQUEST, 0, "request of %zu bytes, at most %zu are allowed", length, sizeof r->text - 1);
    memcpy(r->text, line, length + 1);
    r->count = 0;

    char *position = NULL;
    r->verb = strtok_r(r->text, " \t\r\n", &position);
    if (!r->verb)
        return fail(f, BAD_REQUEST, 0, "empty request; expected: verb key=value key=value...");
    for (char *text; (text = strtok_r(NULL, " \t\r\n", &position));)
        if (add_word(r, text, f))
            return -1;
    return 0;
}

const char *request_get(struct request *r, const char *key)
{
    for (int i = 0; i < r->count; i++) {
        if (!strcmp(r->word[i].key, key)) {
            r->word[i].used = true;
            return r->word[i].value;
        }
    }
    return NULL;
}

const char *request_require(struct request *r, const char *key, struct failure *f)
{
    const char *value = request_get(r, key);
    if (value && *value)
        return value;
    fail(f, BAD_REQUEST, 0, "%s: %s=... is required", r->verb, key);
    return NULL;
}

bool parse_number(const char *text, uint64_t lo, uint64_t hi, uint64_t *out)
{
    if (!isdigit((unsigned char)*text))
        return false;
    char *end;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    if (errno || *end || value < lo || value > hi)
        return false;
    *out = value;
    return true;
}

int request_number(struct request *r, const char *key, uint64_t lo, uint64_t hi, uint64_t *out, struct failure *f)
{
    const char *value = request_get(r, key);
    if (!value || parse_number(value, lo, hi, out))
        return 0;
    return fail(f, BAD_REQUEST, 0, "%s=%.60s: expected a whole number from %" PRIu64 " to %" PRIu64, key, value, lo,
                hi);
}

int request_refuse_unknown(const struct request *r, struct failure *f)
{
    for (int i = 0; i < r->count; i++)
        if (!r->word[i].used)
            return fail(f, BAD_REQUEST, 0, "%s: unknown key %.60s", r->verb, r->word[i].key);
    return 0;
}

int next_item(const char **rest, char *item, int size)
{
    if (!*rest)
        return 0;
    const char *comma = strchrnul(*rest, ',');
    long length = comma - *rest;
    if (length == 0 || length >= size)
        return -1;
    memcpy(item, *rest, length);
    item[length] = 0;
    *rest = *comma ? comma + 1 : NULL;
    return 1;
}
