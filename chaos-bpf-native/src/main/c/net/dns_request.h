// SPDX-License-Identifier: Apache-2.0
/* The keys of `attach kind=dnschaos`, read and checked. */
#ifndef DNS_REQUEST_H
#define DNS_REQUEST_H

#include "address_set.h"
#include "dns.h"
#include "failure.h"
#include "jitter.h"
#include "request.h"

struct dns_request {
    struct dns_options options;
    struct dns_pattern patterns[DNS_PATTERNS_MAX];
    struct address_set addresses; /* that the names are known to have */
    struct jitter delay;          /* of action=delay */
    bool reconnect;               /* close older connections to their addresses */
};

/* 0; -1 with a bad_request that names the key, its value and what is legal. */
int dns_request_read(struct request *request, struct dns_request *dns, struct failure *f);

#endif
