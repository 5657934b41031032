// SPDX-License-Identifier: Apache-2.0
#include "relay_client.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "relay_carrier.h"
#include "relay_stream.h"

#define FRAMES_AT_ONCE 64

static uint32_t number_at(const unsigned char *bytes)
{
    uint32_t number;
    memcpy(&number, bytes, sizeof number);
    return ntohl(number);
}

static uint16_t short_at(const unsigned char *bytes)
{
    return (uint16_t)(bytes[0] << 8 | bytes[1]);
}

static void stop(struct relay_carrier *carrier)
{
    for (int i = 0; i < RELAY_BUCKETS; i++)
        while (carrier->streams[i])
            relay_stream_drop(carrier->streams[i]);
    close(carrier->fd);
    free(carrier->out);
    free(carrier);
}

/* False for what is no frame, or not for us. */
static bool take(struct relay_carrier *carrier, uint32_t number, int kind, const unsigned char *bytes, size_t size)
{
    struct relay_stream *stream = relay_stream_find(carrier, number);
    switch (kind) {
    case RELAY_OPEN:
        if (stream || size != 2 || short_at(bytes) >= carrier->target_count)
            return false;
        relay_stream_open(carrier, number, &carrier->targets[short_at(bytes)]);
        return true;
    case RELAY_DATA:
        return size && (!stream || relay_stream_take(stream, bytes, size));
    case RELAY_END:
        if (stream)
            relay_stream_end(stream);
        return size == 0;
    case RELAY_RESET:
        if (stream)
            relay_stream_drop(stream);
        return true;
    case RELAY_CREDIT:
        return size == 4 && (!stream || relay_stream_credit(stream, number_at(bytes)));
    default:
        return false;
    }
}

/* Every whole frame that has come; false when the carrier makes no sense. */
static bool take_frames(struct relay_carrier *carrier)
{
    size_t at = 0;
    while (carrier->held - at >= RELAY_FRAME_HEADER) {
        const unsigned char *frame = carrier->in + at;
        size_t size = short_at(frame + 6);
        if (size > RELAY_FRAME_DATA)
            return false;
        if (carrier->held - at < RELAY_FRAME_HEADER + size)
            break;
        if (!take(carrier, number_at(frame), frame[4], frame + RELAY_FRAME_HEADER, size))
            return false;
        at += RELAY_FRAME_HEADER + size;
    }
    memmove(carrier->in, carrier->in + at, carrier->held - at);
    carrier->held -= at;
    return true;
}

static bool receive(struct relay_carrier *carrier)
{
    for (int i = 0; i < FRAMES_AT_ONCE; i++) {
        ssize_t n = read(carrier->fd, carrier->in + carrier->held, sizeof carrier->in - carrier->held);
        if (n <= 0)
            return n < 0 && (errno == EAGAIN || errno == EINTR);
        carrier->held += (size_t)n;
        if (!take_frames(carrier))
            return false;
    }
    return true;
}

static bool send_waiting(struct relay_carrier *carrier)
{
    bool had_room = relay_carrier_has_room(carrier);
    if (!relay_carrier_flush(carrier))
        return false;
    if (!had_room && relay_carrier_has_room(carrier))
        for (int i = 0; i < RELAY_BUCKETS; i++)
            for (struct relay_stream *stream = carrier->streams[i]; stream; stream = relay_stream_next(stream))
                relay_stream_watch(stream);
    return true;
}

static void serve_client(struct relay_source *source, uint32_t events)
{
    struct relay_carrier *carrier = (struct relay_carrier *)source; /* its first member */
    if ((events & ~EPOLLOUT && !receive(carrier)) || !send_waiting(carrier))
        stop(carrier);
    else
        relay_carrier_watch(carrier);
}

void relay_client_start(int fd, const struct relay_target *targets, int count)
{
    int one = 1;
    struct relay_carrier *carrier = calloc(1, sizeof *carrier);
    if (!carrier) {
        relay_reset(fd);
        return;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    carrier->source.serve = serve_client;
    carrier->fd = fd;
    carrier->targets = targets;
    carrier->target_count = count;
    relay_carrier_watch(carrier);
}
