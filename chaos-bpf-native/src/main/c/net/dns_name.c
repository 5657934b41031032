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

static const char *check_char(char c, enum dns_form form)
{
    if (c == '*')
        return "a * can only be the whole first label, as in *.example.com, or the last character, as in chaos-mesh.*";
    if (is_name_char(c) || (c == '?' && form != DNS_NAME))
        return NULL;
    return "a label may hold letters, digits, '-' and '_'; write other alphabets as xn--…";
}

const char *dns_name_check(const char *name, size_t length, enum dns_form form)
{
    size_t label = 0;
    if (length == 0 && form != DNS_BEGINNING)
        return "there is no name";
    if (length > NAME_MAX_CHARS)
        return "the name is longer than 253 characters";
    for (size_t i = 0; i <= length; i++) {
        if (i == length || name[i] == '.') {
            if (label == 0 && (i < length || form != DNS_BEGINNING))
                return "a label is empty";
            if (label > LABEL_MAX)
                return "a label is longer than 63 characters";
            label = 0;
            continue;
        }
        const char *wrong = check_char(name[i], form);
        if (wrong)
            return wrong;
        label++;
    }
    return NULL;
}

const char *dns_name_read(const char *text, struct dns_name *name)
{
    size_t length = strlen(text);
    if (length > 0 && text[length - 1] == '.')
        length--;
    const char *wrong = dns_name_check(text, length, DNS_NAME);
    if (wrong)
        return wrong;
    memset(name, 0, sizeof *name);
    name->length = length;
    for (size_t i = 0; i < length; i++)
        name->text.octet[i] = (uint8_t)tolower((unsigned char)text[length - 1 - i]);
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
