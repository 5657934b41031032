// SPDX-License-Identifier: Apache-2.0
#include "gateway.h"

#include <arpa/inet.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Interface, destination, gateway as the kernel holds them, then flags and more. */
static bool read_ipv4(const char *line, uint32_t address[4])
{
    uint32_t destination, gateway;
    if (sscanf(line, "%*s %8x %8x", &destination, &gateway) != 2 || destination || !gateway)
        return false;
    address[0] = address[1] = 0;
    address[2] = htonl(0xffff);
    address[3] = gateway;
    return true;
}

/* Destination, its length, source, its length, gateway in 32 digits, then more. */
static bool read_ipv6(const char *line, uint32_t address[4])
{
    static const uint32_t none[4];
    uint32_t destination[4], length, to[4];
    if (sscanf(line, "%8x%8x%8x%8x %x %*s %*s %8x%8x%8x%8x", &destination[0], &destination[1], &destination[2],
               &destination[3], &length, &to[0], &to[1], &to[2], &to[3]) != 9)
        return false;
    if (length || memcmp(destination, none, sizeof none) || !memcmp(to, none, sizeof none))
        return false;
    for (int i = 0; i < 4; i++)
        address[i] = htonl(to[i]);
    return true;
}

static int gateways_in(pid_t pid, const char *table, bool (*read)(const char *, uint32_t[4]), uint32_t addresses[][4],
                       int max)
{
    char path[64], line[256];
    int n = 0;
    snprintf(path, sizeof path, "/proc/%d/net/%s", pid, table);
    FILE *file = fopen(path, "re");
    while (file && n < max && fgets(line, sizeof line, file))
        n += read(line, addresses[n]);
    if (file)
        fclose(file);
    return n;
}

int gateways_of(pid_t pid, uint32_t addresses[][4], int max)
{
    int n = gateways_in(pid, "route", read_ipv4, addresses, max);
    return n + gateways_in(pid, "ipv6_route", read_ipv6, &addresses[n], max - n);
}
