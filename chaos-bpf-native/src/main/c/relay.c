// SPDX-License-Identifier: Apache-2.0
#include "relay.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "chaosbpf.h"
#include "clock.h"
#include "relay_pair.h"
#include "reply.h"

#define SPARE_DESCRIPTORS (RELAY_DOORS + 32)
#define EVENTS_AT_ONCE 512
#define ACCEPTED_AT_ONCE 64

struct listener {
    struct relay_source source;
    struct relay_door door;
    int fd;
};

static struct listener listeners[RELAY_DOORS];
static struct relay_source timer_source;
static int epoll, timer;
static uint64_t max_open;

/* More than there is room for are reset at once: waiting in the backlog they would hang. */
static void serve_listener(struct relay_source *source, uint32_t events)
{
    struct listener *listener = (struct listener *)source; /* its first member */
    (void)events;
    for (int i = 0, client; i < ACCEPTED_AT_ONCE; i++) {
        client = accept4(listener->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (client < 0)
            return;
        if (relay_counts.open < max_open)
            relay_pair_open(epoll, client, &listener->door);
        else
            relay_reset(client);
    }
}

static void serve_timer(struct relay_source *source, uint32_t events)
{
    uint64_t times;
    (void)source;
    (void)events;
    if (read(timer, &times, sizeof times) == sizeof times)
        relay_pairs_expire(clock_now_ns());
}

static int watch(int fd, struct relay_source *source, void (*serve)(struct relay_source *, uint32_t))
{
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = source};
    source->serve = serve;
    return epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
}

/* Two descriptors a connection. */
static void raise_limit(void)
{
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    max_open = limit.rlim_max > SPARE_DESCRIPTORS + 2 ? (limit.rlim_max - SPARE_DESCRIPTORS) / 2 : 1;
}

static int refuse(const char *door, const char *why)
{
    fprintf(stderr, "chaos-agent relay: %s: %s\n", door, why);
    return -1;
}

int relay_open(char **doors)
{
    struct itimerspec every_second = {.it_interval.tv_sec = 1, .it_value.tv_sec = 1};
    raise_limit();
    epoll = epoll_create1(EPOLL_CLOEXEC);
    timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    timerfd_settime(timer, 0, &every_second, NULL);
    if (watch(timer, &timer_source, serve_timer))
        return refuse("timer", strerror(errno));
    for (int i = 0; doors[i]; i++) {
        if (i == RELAY_DOORS)
            return refuse(doors[i], "more doors than a relay has");
        struct listener *listener = &listeners[i];
        if (!relay_door_parse(doors[i], &listener->door))
            return refuse(doors[i], "a door is PORT=ADDRESS:PORT");
        listener->fd = relay_door_listen(&listener->door);
        if (listener->fd < 0 || watch(listener->fd, &listener->source, serve_listener))
            return refuse(doors[i], strerror(errno));
    }
    return epoll;
}

/* One event at a time: what it frees is then not among those that follow. */
void relay_serve(void)
{
    struct epoll_event event;
    for (int i = 0; i < EVENTS_AT_ONCE && epoll_wait(epoll, &event, 1, 0) == 1; i++) {
        struct relay_source *source = event.data.ptr;
        source->serve(source, event.events);
    }
}

static void stats(char *text, size_t size)
{
    struct reply reply;
    reply_ok(&reply, text, size);
    reply_number(&reply, "connections", relay_counts.connections);
    reply_number(&reply, "open", relay_counts.open);
    reply_number(&reply, "failed", relay_counts.failed);
    if (relay_counts.failed_at) {
        reply_word(&reply, "failed_at", "%s", relay_counts.failed_at);
        reply_word(&reply, "errno", "%s", errno_name(relay_counts.failed_errno));
    }
}

int relay_request(const char *line, char *text, size_t size)
{
    if (!strcmp(line, "hello"))
        return chaosbpf_request(line, text, size);
    if (!strcmp(line, "stats")) {
        stats(text, size);
        return 0;
    }
    struct failure f;
    struct reply reply = {.text = text, .size = size};
    fail(&f, BAD_REQUEST, 0, "unknown to a relay: %.40s; known: hello stats", line);
    reply_error(&reply, &f);
    return -1;
}
