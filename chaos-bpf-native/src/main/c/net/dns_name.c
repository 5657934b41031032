// SPDX-License-Identifier: Apache-2.0
#include "dns_name.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "request.h"

#define LABEL_MAX 63
#define NAME_MAX_CHARS 253

static const struct {
    const char *name;
    uint16_t number;
} qtypes[] = {
    {"A", 1},     {"NS", 2},   {"CNAME", 5},  {"SOA", 6},   {"PTR", 12},   {"MX", 15},   {"TXT", 16},
    {"AAAA", 28}, {"SRV", 33}, {"NAPTR", 35}, {"SVCB", 64}, {"HTTPS", 65}, {"CAA", 257},
};

#define QTYPES (sizeof qtypes / sizeof *qtypes)

static bool is_name_char(char c)
{
    return isalnum((unsigned char)c) || c == '-' || c == '_';
}

/* Check the labels of a name of this length. */
static const char *check_labels(const char *name, size_t length)
{
    size_t label = 0;
    for (size_t i = 0; i <= length; i++) {
        if (i == length || name[i] == '.') {
            if (label == 0)
                return "a label is empty";
            if (label > LABEL_MAX)
                return "a label is longer than 63 characters";
            label = 0;
            continue;
        }
        if (name[i] == '*')
            return "a * can only be the whole first label, as in *.example.com";
        if (!is_name_char(name[i]))
            return "a label may hold letters, digits, '-' and '_'; write other alphabets as xn--…";
        label++;
    }
    return NULL;
}

const char *dns_pattern_key(const char *pattern, struct dns_key *key)
{
    bool wildcard = !strncmp(pattern, "*.", 2);
    const char *name = wildcard ? pattern + 2 : pattern;
    size_t length = strlen(name);
    if (length > 0 && name[length - 1] == '.')
        length--;
    if (length == 0)
        return "there is no name";
    if (length > NAME_MAX_CHARS)
        return "the name is longer than 253 characters";
    const char *wrong = check_labels(name, length);
    if (wrong)
        return wrong;

    memset(key, 0, sizeof *key);
    for (size_t i = 0; i < length; i++)
        key->name[i] = (uint8_t)tolower((unsigned char)name[length - 1 - i]);
    key->name[length] = wildcard ? '.' : 0;
    key->bits = (uint32_t)(length + 1) * 8;
    return NULL;
}

void dns_name_text(const uint8_t *backwards, char text[DNS_NAME_TEXT])
{
    size_t length = strnlen((const char *)backwards, DNS_NAME_TEXT - 1);
    if (length == 0) {
        strcpy(text, ".");
        return;
    }
    for (size_t i = 0; i < length; i++) {
        char c = (char)backwards[length - 1 - i];
        text[i] = is_name_char(c) || c == '.' || c == '*' ? c : '?';
    }
    text[length] = 0;
}

uint16_t dns_qtype_parse(const char *text)
{
    for (size_t i = 0; i < QTYPES; i++)
        if (!strcasecmp(qtypes[i].name, text))
            return qtypes[i].number;
    uint64_t number;
    if (!strncasecmp(text, "TYPE", 4) && parse_number(text + 4, 1, UINT16_MAX, &number))
        return (uint16_t)number;
    return 0;
}

void dns_qtype_text(uint16_t qtype, char text[16])
{
    for (size_t i = 0; i < QTYPES; i++) {
        if (qtypes[i].number == qtype) {
            strcpy(text, qtypes[i].name);
            return;
        }
    }
    snprintf(text, 16, "TYPE%u", qtype);
}
