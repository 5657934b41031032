// SPDX-License-Identifier: Apache-2.0
#include "relay_target.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "request.h"

static bool parse_address(const char *text, size_t length, struct relay_target *target)
{
    char address[INET6_ADDRSTRLEN];
    bool v6 = length > 2 && text[0] == '[' && text[length - 1] == ']';
    if (v6)
        text++, length -= 2;
    if (length >= sizeof address)
        return false;
    memcpy(address, text, length);
    address[length] = 0;
    target->address.any.sa_family = v6 ? AF_INET6 : AF_INET;
    return inet_pton(target->address.any.sa_family, address,
                     v6 ? (void *)&target->address.v6.sin6_addr : &target->address.v4.sin_addr) == 1;
}

bool relay_target_parse(const char *text, struct relay_target *target)
{
    memset(target, 0, sizeof *target);
    const char *colon = strrchr(text, ':');
    uint64_t port;
    if (!colon || !parse_address(text, (size_t)(colon - text), target) || !parse_number(colon + 1, 1, 65535, &port))
        return false;
    target->address.v4.sin_port = htons((uint16_t)port); /* at the same place in both */
    target->name = text;
    return true;
}

int relay_target_connect(const struct relay_target *target)
{
    bool v6 = target->address.any.sa_family == AF_INET6;
    socklen_t size = v6 ? sizeof target->address.v6 : sizeof target->address.v4;
    int one = 1, fd = socket(target->address.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (!connect(fd, &target->address.any, size) || errno == EINPROGRESS)
        return fd;
    int err = errno;
    close(fd);
    errno = err;
    return -1;
}
