// SPDX-License-Identifier: Apache-2.0
#include "dns_pattern.h"

#include <ctype.h>
#include <string.h>

#define BELOW "*."

static void put_octet(struct dns_pattern *pattern, uint32_t i, char c)
{
    pattern->text.octet[i] = c == '?' ? 0 : (uint8_t)tolower((unsigned char)c);
    pattern->mask.octet[i] = c == '?' ? 0 : 0xff;
}

const char *dns_pattern_read(const char *pattern, struct dns_pattern *out)
{
    bool below = !strncmp(pattern, BELOW, strlen(BELOW)), begins = *pattern && pattern[strlen(pattern) - 1] == '*';
    const char *name = below ? pattern + strlen(BELOW) : pattern;
    size_t length = strlen(name) - begins;
    if (below && begins)
        return "it has two *";
    if (!begins && length > 0 && name[length - 1] == '.')
        length--;
    const char *wrong = dns_name_check(name, length, begins ? DNS_BEGINNING : DNS_PATTERN);
    if (wrong)
        return wrong;

    memset(out, 0, sizeof *out);
    out->open = below || begins;
    out->forwards = begins;
    for (size_t i = 0; i < length; i++)
        put_octet(out, out->length++, begins ? name[i] : name[length - 1 - i]);
    if (below)
        put_octet(out, out->length++, '.');
    return NULL;
}

bool dns_pattern_is_exact(const struct dns_pattern *pattern)
{
    return !pattern->open && !memchr(pattern->mask.octet, 0, pattern->length);
}

bool dns_pattern_means(const struct dns_pattern *pattern, const struct dns_name *name)
{
    union dns_text forwards = {.octet = {0}};
    for (uint64_t i = 0; i < name->length; i++)
        forwards.octet[i] = name->text.octet[name->length - 1 - i];
    return dns_pattern_fits(pattern, pattern->forwards ? &forwards : &name->text, name->length);
}
