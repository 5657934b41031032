// SPDX-License-Identifier: Apache-2.0
#include "relay_stream.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "errno_names.h"

struct relay_stream {
    struct relay_source source;
    struct relay_carrier *carrier;
    const struct relay_target *target;
    struct relay_stream *next; /* of its bucket */
    uint32_t number, watched;
    int fd;
    bool connecting;
    bool client_ended, target_told; /* the client has sent its last byte; the target knows */
    bool target_ended;              /* the target has, and the client was told */
    uint32_t window;                /* what the client still takes */
    uint32_t consumed;              /* what the target took and the client was not told of */
    unsigned char *waiting;         /* for the target; allocated when the first byte has to wait */
    size_t from, to;
};

static struct relay_stream **bucket(const struct relay_carrier *carrier, uint32_t number)
{
    return (struct relay_stream **)&carrier->streams[number % RELAY_BUCKETS];
}

struct relay_stream *relay_stream_find(const struct relay_carrier *carrier, uint32_t number)
{
    struct relay_stream *stream = *bucket(carrier, number);
    while (stream && stream->number != number)
        stream = stream->next;
    return stream;
}

struct relay_stream *relay_stream_next(const struct relay_stream *stream)
{
    return stream->next;
}

static void forget(struct relay_stream *stream)
{
    struct relay_stream **link = bucket(stream->carrier, stream->number);
    while (*link != stream)
        link = &(*link)->next;
    *link = stream->next;
    free(stream->waiting);
    free(stream);
}

void relay_stream_drop(struct relay_stream *stream)
{
    relay_reset(stream->fd);
    forget(stream);
}

static void refuse(struct relay_carrier *carrier, uint32_t number, const struct relay_target *target, int err)
{
    char text[128];
    int size = snprintf(text, sizeof text, "%s: %s", target->name, errno_name(err));
    relay_carrier_send(carrier, number, RELAY_RESET, text, (size_t)size);
    relay_carrier_watch(carrier);
}

/* The target is of no use any more. */
static void fail_with(struct relay_stream *stream, int err)
{
    refuse(stream->carrier, stream->number, stream->target, err);
    relay_stream_drop(stream);
}

void relay_stream_watch(struct relay_stream *stream)
{
    uint32_t events = 0;
    if (!stream->target_ended && stream->window && relay_carrier_has_room(stream->carrier))
        events |= EPOLLIN;
    if (stream->from < stream->to)
        events |= EPOLLOUT;
    relay_watch(stream->fd, &stream->source, stream->connecting ? EPOLLOUT : events, &stream->watched);
}

/* Go on, or be over when both have ended. */
static void settle(struct relay_stream *stream)
{
    relay_carrier_watch(stream->carrier);
    if (stream->target_ended && stream->target_told) {
        close(stream->fd);
        forget(stream);
    } else {
        relay_stream_watch(stream);
    }
}

/* To the target. False with errno when it is broken. */
static bool drain(struct relay_stream *stream)
{
    while (stream->from < stream->to) {
        ssize_t n = send(stream->fd, stream->waiting + stream->from, stream->to - stream->from, MSG_NOSIGNAL);
        if (n < 0)
            return errno == EAGAIN || errno == EINTR;
        stream->from += (size_t)n;
        stream->consumed += (uint32_t)n;
    }
    stream->from = stream->to = 0;
    if (stream->client_ended && !stream->target_told) {
        shutdown(stream->fd, SHUT_WR);
        stream->target_told = true;
    }
    return true;
}

static void give_credit(struct relay_stream *stream)
{
    uint32_t bytes = htonl(stream->consumed);
    if (stream->consumed < RELAY_WINDOW / 4 || stream->client_ended)
        return;
    relay_carrier_send(stream->carrier, stream->number, RELAY_CREDIT, &bytes, sizeof bytes);
    stream->consumed = 0;
}

/* From the target. */
static bool fill(struct relay_stream *stream)
{
    static char bytes[RELAY_FRAME_DATA];
    if (stream->target_ended || !stream->window || !relay_carrier_has_room(stream->carrier))
        return true;
    ssize_t n = read(stream->fd, bytes, stream->window < sizeof bytes ? stream->window : sizeof bytes);
    if (n < 0)
        return errno == EAGAIN || errno == EINTR;
    stream->window -= (uint32_t)n;
    stream->target_ended = n == 0;
    relay_carrier_send(stream->carrier, stream->number, n ? RELAY_DATA : RELAY_END, bytes, (size_t)n);
    return true;
}

/* Asked by a look at what came, not by SO_ERROR: a target that answers and resets at once was connected to. */
static bool is_connected(struct relay_stream *stream)
{
    char byte;
    stream->connecting = false;
    return recv(stream->fd, &byte, 1, MSG_PEEK) >= 0 || errno == EAGAIN;
}

static void serve_stream(struct relay_source *source, uint32_t events)
{
    struct relay_stream *stream = (struct relay_stream *)source; /* its first member */
    bool stuck = events & EPOLLERR && (stream->target_ended || !stream->window);
    if ((stream->connecting && !is_connected(stream)) || !fill(stream) || !drain(stream)) {
        fail_with(stream, errno);
    } else if (stuck) {
        fail_with(stream, ECONNRESET); /* a reset that no read will come to see */
    } else {
        give_credit(stream);
        settle(stream);
    }
}

static void go_on(struct relay_stream *stream)
{
    if (!stream->connecting && !drain(stream)) {
        fail_with(stream, errno);
    } else {
        give_credit(stream);
        settle(stream);
    }
}

bool relay_stream_take(struct relay_stream *stream, const void *bytes, size_t size)
{
    if (stream->client_ended || stream->to - stream->from + size > RELAY_WINDOW)
        return false;
    if (!stream->waiting && !(stream->waiting = malloc(RELAY_WINDOW)))
        return false;
    if (stream->to + size > RELAY_WINDOW) {
        memmove(stream->waiting, stream->waiting + stream->from, stream->to - stream->from);
        stream->to -= stream->from;
        stream->from = 0;
    }
    memcpy(stream->waiting + stream->to, bytes, size);
    stream->to += size;
    go_on(stream);
    return true;
}

bool relay_stream_credit(struct relay_stream *stream, uint32_t bytes)
{
    if (bytes > RELAY_WINDOW - stream->window)
        return false;
    stream->window += bytes;
    relay_stream_watch(stream);
    return true;
}

void relay_stream_end(struct relay_stream *stream)
{
    stream->client_ended = true;
    go_on(stream);
}

void relay_stream_open(struct relay_carrier *carrier, uint32_t number, const struct relay_target *target)
{
    int fd = relay_target_connect(target);
    struct relay_stream *stream = fd < 0 ? NULL : calloc(1, sizeof *stream);
    if (!stream) {
        refuse(carrier, number, target, errno);
        if (fd >= 0)
            close(fd);
        return;
    }
    *stream = (struct relay_stream){.source.serve = serve_stream,
                                    .carrier = carrier,
                                    .target = target,
                                    .number = number,
                                    .fd = fd,
                                    .connecting = true,
                                    .window = RELAY_WINDOW,
                                    .next = *bucket(carrier, number)};
    *bucket(carrier, number) = stream;
    relay_stream_watch(stream);
}
