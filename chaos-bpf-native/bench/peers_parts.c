// SPDX-License-Identifier: Apache-2.0
#include "peers_parts.h"

#include <sys/socket.h>

#include "setting.h"

struct proxy proxy;

struct route straight(uint16_t port)
{
    return (struct route){PEER4, port};
}

struct route proxied(uint16_t port)
{
    return (struct route){PROXY_ADDRESS, (uint16_t)(port - PROXY_BEFORE)};
}

int open_route(struct route route)
{
    return connect_to(&network, SOCK_STREAM, route.address, route.port);
}
