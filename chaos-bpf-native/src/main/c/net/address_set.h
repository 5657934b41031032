// SPDX-License-Identifier: Apache-2.0
/* A few addresses of either family, each once; IPv4 as ::ffff:a.b.c.d, in network byte order. */
#ifndef ADDRESS_SET_H
#define ADDRESS_SET_H

#include <stdbool.h>
#include <stdint.h>

#define ADDRESS_SET_MAX 256

struct address_set {
    int count;
    uint32_t address[ADDRESS_SET_MAX][4];
};

/* The address of an IPv4 header or record, in the form kept here. */
void address_of_ipv4(uint32_t to[4], const void *four_bytes);

/* "192.0.2.1" or "fd00::1"; false for anything else. */
bool address_parse(const char *text, uint32_t to[4]);

bool address_set_has(const struct address_set *set, const uint32_t address[4]);

/* Once full, more are left out. */
void address_set_add(struct address_set *set, const uint32_t address[4]);

#endif
