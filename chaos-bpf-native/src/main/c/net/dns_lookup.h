// SPDX-License-Identifier: Apache-2.0
/* Asking a pod's own DNS servers, in its own network, for the addresses of names. */
#ifndef DNS_LOOKUP_H
#define DNS_LOOKUP_H

#include <sys/types.h>

#include "address_set.h"
#include "dns_name.h"

#define DNS_SERVERS_MAX 3 /* as resolvers have it */

struct dns_lookup {
    char name[DNS_NAME_TEXT];
    bool answered, nonexistent;
};

struct dns_servers {
    int count;
    uint32_t address[DNS_SERVERS_MAX][4];
};

/* The `nameserver` lines of a resolv.conf. */
void dns_servers_read(const char *text, struct dns_servers *servers);

/* Those of /etc/resolv.conf as the process sees it; none where it has no such file. */
void dns_servers_of(pid_t pid, struct dns_servers *servers);

/*
 * In the namespace of the calling thread: fill in what became of each name, and add all addresses. A server that does
 * not answer is waited for half a second, and then the next is asked, or the same once more.
 */
void dns_look_up(const struct dns_servers *servers, struct dns_lookup *names, int count, struct address_set *addresses);

#endif
