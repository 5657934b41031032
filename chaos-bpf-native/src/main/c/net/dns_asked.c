// SPDX-License-Identifier: Apache-2.0
#include "dns_asked.h"

#include <string.h>

#include "dns_name.h"

void dns_asked_add(struct dns_asked *asked, const struct dns_name *name, uint16_t qtype)
{
    int i = 0;
    while (i < asked->count && (asked->at[i].qtype != qtype || memcmp(&asked->at[i].name, name, sizeof *name)))
        i++;
    if (i == DNS_SEEN_MAX)
        return;
    if (i == asked->count) {
        asked->at[i].name = *name;
        asked->at[i].qtype = qtype;
        asked->count++;
    }
    asked->at[i].times++;
}

void dns_asked_reply(const struct dns_asked *asked, struct reply *reply)
{
    const char *separator = "";
    reply_word(reply, "asked_before", "%s", "");
    for (int i = 0; i < asked->count; i++) {
        char text[DNS_NAME_TEXT], qtype[16];
        dns_name_text(asked->at[i].name.text.octet, text);
        dns_qtype_text(asked->at[i].qtype, qtype);
        reply_more(reply, "%s%s/%s:%llu", separator, text, qtype, (unsigned long long)asked->at[i].times);
        separator = ",";
    }
}
