// SPDX-License-Identifier: Apache-2.0
#include "relay.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "chaosbpf.h"
#include "failure.h"
#include "relay_client.h"
#include "relay_loop.h"
#include "reply.h"
#include "request.h"

#define BACKLOG 16

static struct relay_source listener;
static struct relay_target targets[RELAY_TARGETS];
static int listening, target_count;

static void serve_listener(struct relay_source *source, uint32_t events)
{
    (void)source;
    (void)events;
    int fd = accept4(listening, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd >= 0)
        relay_client_start(fd, targets, target_count);
}

static int listen_at(uint16_t port)
{
    struct sockaddr_in here = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int one = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    return bind(fd, (struct sockaddr *)&here, sizeof here) || listen(fd, BACKLOG) ? -1 : fd;
}

static int refuse(const char *what, const char *why)
{
    fprintf(stderr, "chaos-agent relay: %s: %s\n", what, why);
    return -1;
}

int relay_open(const char *port, char **names)
{
    uint64_t number;
    uint32_t watched = 0;
    if (!parse_number(port, 1, 65535, &number))
        return refuse(port, "a port is 1 to 65535");
    for (target_count = 0; names[target_count]; target_count++) {
        if (target_count == RELAY_TARGETS)
            return refuse(names[target_count], "more targets than a relay has");
        if (!relay_target_parse(names[target_count], &targets[target_count]))
            return refuse(names[target_count], "a target is ADDRESS:PORT");
    }
    int epoll = relay_loop_open();
    listening = listen_at((uint16_t)number);
    if (listening < 0)
        return refuse(port, strerror(errno));
    listener.serve = serve_listener;
    relay_watch(listening, &listener, EPOLLIN, &watched);
    return epoll;
}

void relay_serve(void)
{
    relay_loop_serve();
}

int relay_request(const char *line, char *text, size_t size)
{
    if (!strcmp(line, "hello"))
        return chaosbpf_request(line, text, size);
    struct failure f;
    struct reply reply = {.text = text, .size = size};
    fail(&f, BAD_REQUEST, 0, "unknown to a relay: %.40s; known: hello", line);
    reply_error(&reply, &f);
    return -1;
}
