// SPDX-License-Identifier: Apache-2.0
#include "relay_loop.h"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define EVENTS_AT_ONCE 512

static int epoll;

int relay_loop_open(void)
{
    return epoll = epoll_create1(EPOLL_CLOEXEC);
}

void relay_reset(int fd)
{
    struct linger now = {.l_onoff = 1, .l_linger = 0};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    close(fd);
}

/* What waits for nothing is not watched at all: it would report its hang-up for ever. */
void relay_watch(int fd, struct relay_source *source, uint32_t events, uint32_t *now)
{
    struct epoll_event event = {.events = events, .data.ptr = source};
    if (events == *now)
        return;
    epoll_ctl(epoll, !*now ? EPOLL_CTL_ADD : events ? EPOLL_CTL_MOD : EPOLL_CTL_DEL, fd, &event);
    *now = events;
}

/* One event at a time: what it frees is then not among those that follow. */
void relay_loop_serve(void)
{
    struct epoll_event event;
    for (int i = 0; i < EVENTS_AT_ONCE && epoll_wait(epoll, &event, 1, 0) == 1; i++) {
        struct relay_source *source = event.data.ptr;
        source->serve(source, event.events);
    }
}
