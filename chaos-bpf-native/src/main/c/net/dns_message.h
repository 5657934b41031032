// SPDX-License-Identifier: Apache-2.0
/* Messages of DNS (RFC 1035): a query for the addresses of a name, and what an answer says. */
#ifndef DNS_MESSAGE_H
#define DNS_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "address_set.h"
#include "dns.h"

#define DNS_QUERY_MAX 272 /* header, the longest name, type and class */

struct dns_message {
    uint16_t id;
    uint8_t rcode;
    uint16_t qtype;
    struct dns_name name; /* of the question */
    struct address_set addresses;
};

/* The size of the query, 0 when this is no name. */
size_t dns_query_write(uint8_t query[DNS_QUERY_MAX], uint16_t id, const char *name, uint16_t qtype);

/* An answer to one question, from whoever: false for anything else. Records that are cut off or broken end the list. */
bool dns_answer_read(const uint8_t *bytes, size_t size, struct dns_message *answer);

#endif
