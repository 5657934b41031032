// SPDX-License-Identifier: Apache-2.0
/* Names and record types of DNS, between what people write and what the BPF program looks up. */
#ifndef DNS_NAME_H
#define DNS_NAME_H

#include <stddef.h>
#include <stdint.h>

#include "dns.h"

#define DNS_NAME_TEXT 256 /* room for any name as text */

enum dns_form {
    DNS_NAME,
    DNS_PATTERN,   /* a `?` may stand for any character */
    DNS_BEGINNING, /* the same, and it may end anywhere */
};

/* NULL, or why the first characters of a text have not this form. */
const char *dns_name_check(const char *name, size_t length, enum dns_form form);

/* Read "www.example.com" (any case, a dot at the end is accepted). Returns NULL, or why it is none. */
const char *dns_name_read(const char *text, struct dns_name *name);

/* The text of a name that is kept backwards; "." for the root, '?' for bytes that no host name has. */
void dns_name_text(const uint8_t *backwards, char text[DNS_NAME_TEXT]);

/* "AAAA", "srv" or "TYPE64" as a number; 0 when it is none of these. */
uint16_t dns_qtype_parse(const char *text);

/* The mnemonic, or TYPE64 where there is none. */
void dns_qtype_text(uint16_t qtype, char text[16]);

#endif
