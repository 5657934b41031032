// SPDX-License-Identifier: Apache-2.0
/* Which names a pod asked for, and how often; the first few of them. */
#ifndef DNS_ASKED_H
#define DNS_ASKED_H

#include "dns.h"
#include "reply.h"

struct dns_asked {
    int count;
    struct {
        struct dns_name name;
        uint16_t qtype;
        uint64_t times;
    } at[DNS_SEEN_MAX];
};

void dns_asked_add(struct dns_asked *asked, const struct dns_name *name, uint16_t qtype);

/* asked_before=NAME/QTYPE:count,… */
void dns_asked_reply(const struct dns_asked *asked, struct reply *reply);

#endif
