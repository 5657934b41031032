// SPDX-License-Identifier: Apache-2.0
#include "relay_carrier.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#define MAX_WAITING (512 << 10)

bool relay_carrier_has_room(const struct relay_carrier *carrier)
{
    return carrier->to - carrier->from < MAX_WAITING;
}

static void make_room(struct relay_carrier *carrier, size_t size)
{
    if (carrier->from)
        memmove(carrier->out, carrier->out + carrier->from, carrier->to - carrier->from);
    carrier->to -= carrier->from;
    carrier->from = 0;
    if (carrier->to + size <= carrier->room)
        return;
    carrier->room = 2 * (carrier->to + size);
    carrier->out = realloc(carrier->out, carrier->room);
    if (!carrier->out)
        abort();
}

void relay_carrier_send(struct relay_carrier *carrier, uint32_t stream, enum relay_frame kind, const void *bytes,
                        size_t size)
{
    if (carrier->to + RELAY_FRAME_HEADER + size > carrier->room)
        make_room(carrier, RELAY_FRAME_HEADER + size);
    unsigned char *frame = carrier->out + carrier->to;
    uint32_t number = htonl(stream);
    memcpy(frame, &number, sizeof number);
    frame[4] = (unsigned char)kind;
    frame[5] = 0;
    frame[6] = (unsigned char)(size >> 8);
    frame[7] = (unsigned char)size;
    if (size)
        memcpy(frame + RELAY_FRAME_HEADER, bytes, size);
    carrier->to += RELAY_FRAME_HEADER + size;
}

bool relay_carrier_flush(struct relay_carrier *carrier)
{
    while (carrier->from < carrier->to) {
        ssize_t n = send(carrier->fd, carrier->out + carrier->from, carrier->to - carrier->from, MSG_NOSIGNAL);
        if (n < 0 && errno != EINTR)
            return errno == EAGAIN;
        carrier->from += n > 0 ? (size_t)n : 0;
    }
    return true;
}

void relay_carrier_watch(struct relay_carrier *carrier)
{
    relay_watch(carrier->fd, &carrier->source, EPOLLIN | (carrier->from < carrier->to ? EPOLLOUT : 0),
                &carrier->watched);
}
