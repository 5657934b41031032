// SPDX-License-Identifier: Apache-2.0
#include "address_set.h"

#include <arpa/inet.h>
#include <string.h>

void address_of_ipv4(uint32_t to[4], const void *four_bytes)
{
    to[0] = to[1] = 0;
    to[2] = htonl(0xffff);
    memcpy(&to[3], four_bytes, 4);
}

bool address_parse(const char *text, uint32_t to[4])
{
    uint32_t ipv4;
    if (inet_pton(AF_INET, text, &ipv4) == 1) {
        address_of_ipv4(to, &ipv4);
        return true;
    }
    return inet_pton(AF_INET6, text, to) == 1;
}

bool address_set_has(const struct address_set *set, const uint32_t address[4])
{
    for (int i = 0; i < set->count; i++)
        if (!memcmp(set->address[i], address, sizeof set->address[i]))
            return true;
    return false;
}

void address_set_add(struct address_set *set, const uint32_t address[4])
{
    if (set->count < ADDRESS_SET_MAX && !address_set_has(set, address))
        memcpy(set->address[set->count++], address, sizeof set->address[0]);
}
