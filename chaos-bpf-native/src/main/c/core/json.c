// SPDX-License-Identifier: Apache-2.0
#include "json.h"

#include <ctype.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEEPEST 64 /* a configuration nests a dozen deep */

const char *json_skip_space(const char *at)
{
    return at ? at + strspn(at, " \t\r\n") : NULL;
}

static const char *skip_string(const char *at)
{
    for (at++; *at && *at != '"'; at++)
        if (*at == '\\' && !*++at)
            return NULL;
    return *at ? at + 1 : NULL;
}

/* Brackets need only be counted: strings are skipped, and nothing else can hold one. */
static const char *skip_container(const char *at)
{
    int depth = 0;
    while (*at) {
        if (*at == '"') {
            at = skip_string(at);
            if (!at)
                return NULL;
            continue;
        }
        depth += *at == '{' || *at == '[';
        depth -= *at == '}' || *at == ']';
        at++;
        if (depth == 0 || depth > DEEPEST)
            return depth ? NULL : at;
    }
    return NULL;
}

const char *json_skip_value(const char *at)
{
    at = json_skip_space(at);
    if (!at)
        return NULL;
    if (*at == '"')
        return skip_string(at);
    if (*at == '{' || *at == '[')
        return skip_container(at);
    size_t length = strspn(at, "-+.0123456789abcdefghijklmnopqrstuvwxyzE");
    return length ? at + length : NULL;
}

bool json_is(const char *at, const char *string)
{
    size_t n = strlen(string);
    return at && at[0] == '"' && !strncmp(at + 1, string, n) && at[n + 1] == '"';
}

void json_text(const char *at, char *text, size_t size)
{
    size_t length = at && *at == '"' ? strcspn(at + 1, "\"\\") : 0;
    bool plain = length && at[1 + length] == '"';
    snprintf(text, size, "%.*s", plain ? (int)length : 0, plain ? at + 1 : "");
}

long json_number(const char *at)
{
    return at && isdigit((unsigned char)*at) ? strtol(at, NULL, 10) : -1;
}

const char *json_member(const char *object, const char *key)
{
    const char *at = json_skip_space(object);
    if (!at || *at != '{')
        return NULL;
    at = json_skip_space(at + 1);
    while (at && *at == '"') {
        bool found = json_is(at, key);
        at = json_skip_space(skip_string(at));
        if (!at || *at != ':')
            return NULL;
        at = json_skip_space(at + 1);
        if (found)
            return at;
        at = json_skip_space(json_skip_value(at));
        if (!at || *at != ',')
            return NULL;
        at = json_skip_space(at + 1);
    }
    return NULL;
}

const char *json_first(const char *array)
{
    const char *at = json_skip_space(array);
    if (!at || *at != '[')
        return NULL;
    at = json_skip_space(at + 1);
    return *at == ']' || !*at ? NULL : at;
}

const char *json_next(const char *item)
{
    const char *at = json_skip_space(json_skip_value(item));
    return at && *at == ',' ? json_skip_space(at + 1) : NULL;
}
