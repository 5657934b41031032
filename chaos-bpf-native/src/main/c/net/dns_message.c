// SPDX-License-Identifier: Apache-2.0
#include "dns_message.h"

#include <ctype.h>
#include <string.h>

#include "dns_name.h"

#define HEADER 12
#define CLASS_IN 1
#define LABEL_MAX 63
#define POINTER 0xc0
#define RESPONSE 0x80
#define OPCODE 0x78
#define RECURSION_DESIRED 1

struct reader {
    const uint8_t *bytes;
    size_t size, at;
};

static void put16(uint8_t *to, uint16_t value)
{
    to[0] = (uint8_t)(value >> 8);
    to[1] = (uint8_t)value;
}

size_t dns_query_write(uint8_t query[DNS_QUERY_MAX], uint16_t id, const char *name, uint16_t qtype)
{
    struct dns_name valid;
    if (dns_name_read(name, &valid))
        return 0;
    memset(query, 0, HEADER);
    put16(query, id);
    query[2] = RECURSION_DESIRED;
    query[5] = 1; /* question */
    size_t at = HEADER;
    for (const char *label = name; *label;) {
        size_t length = strcspn(label, ".");
        query[at++] = (uint8_t)length;
        memcpy(query + at, label, length);
        at += length;
        label += length + (label[length] == '.');
    }
    query[at++] = 0;
    put16(query + at, qtype);
    put16(query + at + 2, CLASS_IN);
    return at + 4;
}

static bool read16(struct reader *r, uint16_t *value)
{
    if (r->at + 2 > r->size)
        return false;
    *value = (uint16_t)(r->bytes[r->at] << 8 | r->bytes[r->at + 1]);
    r->at += 2;
    return true;
}

/* The name of a question is never compressed. */
static bool read_question_name(struct reader *r, struct dns_name *name)
{
    char text[DNS_NAME_TEXT];
    size_t length = 0;
    memset(name, 0, sizeof *name);
    while (r->at < r->size && r->bytes[r->at]) {
        uint8_t label = r->bytes[r->at++];
        if (label > LABEL_MAX || r->at + label > r->size || length + label + 1 >= sizeof text)
            return false;
        if (memchr(r->bytes + r->at, 0, label)) /* would look like the end of the name */
            return false;
        if (length)
            text[length++] = '.';
        memcpy(text + length, r->bytes + r->at, label);
        length += label;
        r->at += label;
    }
    if (r->at++ >= r->size || length >= DNS_NAME_SIZE)
        return false;
    for (size_t i = 0; i < length; i++)
        name->text.octet[i] = (uint8_t)tolower((unsigned char)text[length - 1 - i]);
    name->length = length;
    return true;
}

/* Owners of records are not asked for: whatever the chain of CNAMEs, the addresses are the answer. */
static bool skip_name(struct reader *r)
{
    while (r->at < r->size) {
        uint8_t length = r->bytes[r->at++];
        if (length == 0)
            return true;
        if ((length & POINTER) == POINTER) {
            r->at++;
            return r->at <= r->size;
        }
        if (length > LABEL_MAX)
            return false;
        r->at += length;
    }
    return false;
}

static bool read_record(struct reader *r, struct address_set *addresses)
{
    uint16_t type, class, size;
    if (!skip_name(r) || !read16(r, &type) || !read16(r, &class))
        return false;
    r->at += 4; /* time to live */
    if (!read16(r, &size) || r->at + size > r->size)
        return false;
    uint32_t address[4];
    if (class == CLASS_IN && type == DNS_TYPE_A && size == 4) {
        address_of_ipv4(address, r->bytes + r->at);
        address_set_add(addresses, address);
    } else if (class == CLASS_IN && type == DNS_TYPE_AAAA && size == sizeof address) {
        memcpy(address, r->bytes + r->at, sizeof address);
        address_set_add(addresses, address);
    }
    r->at += size;
    return true;
}

bool dns_answer_read(const uint8_t *bytes, size_t size, struct dns_message *answer)
{
    struct reader r = {bytes, size, 0};
    uint16_t flags, questions, records, class;
    answer->addresses.count = 0;
    if (!read16(&r, &answer->id) || !read16(&r, &flags) || !read16(&r, &questions) || !read16(&r, &records))
        return false;
    if (!(flags >> 8 & RESPONSE) || (flags >> 8 & OPCODE) || questions != 1)
        return false;
    answer->rcode = flags & 15;
    r.at = HEADER;
    if (!read_question_name(&r, &answer->name) || !read16(&r, &answer->qtype) || !read16(&r, &class))
        return false;
    if (class != CLASS_IN)
        return false;
    while (records-- && read_record(&r, &answer->addresses))
        ;
    return true;
}
