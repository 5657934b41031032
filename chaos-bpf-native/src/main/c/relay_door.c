// SPDX-License-Identifier: Apache-2.0
#include "relay_door.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "request.h"

#define BACKLOG 4096

static bool parse_port(const char *text, size_t length, uint16_t *port)
{
    char digits[8];
    uint64_t number;
    if (length >= sizeof digits)
        return false;
    memcpy(digits, text, length);
    digits[length] = 0;
    if (!parse_number(digits, 1, 65535, &number))
        return false;
    *port = (uint16_t)number;
    return true;
}

static bool parse_address(const char *text, size_t length, struct relay_door *door)
{
    char address[INET6_ADDRSTRLEN];
    bool v6 = length > 2 && text[0] == '[' && text[length - 1] == ']';
    if (v6)
        text++, length -= 2;
    if (length >= sizeof address)
        return false;
    memcpy(address, text, length);
    address[length] = 0;
    door->target.any.sa_family = v6 ? AF_INET6 : AF_INET;
    return inet_pton(door->target.any.sa_family, address,
                     v6 ? (void *)&door->target.v6.sin6_addr : &door->target.v4.sin_addr) == 1;
}

bool relay_door_parse(const char *text, struct relay_door *door)
{
    memset(door, 0, sizeof *door);
    const char *equals = strchr(text, '='), *colon = strrchr(text, ':');
    uint16_t port;
    if (!equals || !colon || colon < equals || !parse_port(text, (size_t)(equals - text), &door->port) ||
        !parse_address(equals + 1, (size_t)(colon - equals - 1), door) ||
        !parse_port(colon + 1, strlen(colon + 1), &port))
        return false;
    door->target.v4.sin_port = htons(port); /* at the same place in both */
    door->name = equals + 1;
    return true;
}

socklen_t relay_door_size(const struct relay_door *door)
{
    return door->target.any.sa_family == AF_INET6 ? sizeof door->target.v6 : sizeof door->target.v4;
}

static int failed(int fd)
{
    int err = errno;
    close(fd);
    errno = err;
    return -1;
}

int relay_door_listen(const struct relay_door *door)
{
    struct sockaddr_in here = {
        .sin_family = AF_INET, .sin_port = htons(door->port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int one = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    return bind(fd, (struct sockaddr *)&here, sizeof here) || listen(fd, BACKLOG) ? failed(fd) : fd;
}

int relay_door_connect(const struct relay_door *door)
{
    int fd = socket(door->target.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    return connect(fd, &door->target.any, relay_door_size(door)) && errno != EINPROGRESS ? failed(fd) : fd;
}
