// SPDX-License-Identifier: Apache-2.0
/*
 * A carrier: one connection on which a client's many come as streams, in frames. A frame is a header of 8 bytes, stream
 * (4), kind (1), 0 (1) and size of what follows (2), big-endian.
 *
 *     OPEN    target (2)      a new stream to a target, from the client only
 *     DATA    1 to 16384 bytes
 *     END     -               whoever sends this has sent its last byte
 *     RESET   text            the stream is over; from the relay, with what failed
 *     CREDIT  bytes (4)       so many more are wanted: each side begins with RELAY_WINDOW
 *
 * A stream is over when both have sent END, or one RESET. What comes for one that is over is not looked at.
 */
#ifndef RELAY_CARRIER_H
#define RELAY_CARRIER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "relay_loop.h"
#include "relay_target.h"

enum relay_frame { RELAY_OPEN = 1, RELAY_DATA, RELAY_END, RELAY_RESET, RELAY_CREDIT };

#define RELAY_WINDOW (256 << 10)
#define RELAY_FRAME_DATA 16384
#define RELAY_FRAME_HEADER 8
#define RELAY_FRAME_SIZE (RELAY_FRAME_HEADER + RELAY_FRAME_DATA)
#define RELAY_BUCKETS 1024

struct relay_stream;

struct relay_carrier {
    struct relay_source source;
    int fd;
    uint32_t watched;
    const struct relay_target *targets;
    int target_count;
    struct relay_stream *streams[RELAY_BUCKETS]; /* by number */
    unsigned char in[RELAY_FRAME_SIZE];
    size_t held; /* of in */
    unsigned char *out;
    size_t from, to, room; /* of out: what is to be sent; its size */
};

/* Whether streams may add data: what the client does not take is not read from targets. */
bool relay_carrier_has_room(const struct relay_carrier *carrier);

/* Add a frame to what is sent next, once the carrier is watched again. */
void relay_carrier_send(struct relay_carrier *carrier, uint32_t stream, enum relay_frame kind, const void *bytes,
                        size_t size);

/* Send what the client takes now. False with errno when it is gone. */
bool relay_carrier_flush(struct relay_carrier *carrier);

/* Wait for what the carrier can do now. */
void relay_carrier_watch(struct relay_carrier *carrier);

#endif
