// SPDX-License-Identifier: Apache-2.0
/* A stream of a carrier, and its connection to a target: bytes, ends, resets and patience go through both ways. */
#ifndef RELAY_STREAM_H
#define RELAY_STREAM_H

#include "relay_carrier.h"

/* Connect to a target; a RESET with the reason is the answer when that cannot be. */
void relay_stream_open(struct relay_carrier *carrier, uint32_t number, const struct relay_target *target);

struct relay_stream *relay_stream_find(const struct relay_carrier *carrier, uint32_t number);
struct relay_stream *relay_stream_next(const struct relay_stream *stream);

/* What the client sends. False when that is more than it may. The stream may be over afterwards. */
bool relay_stream_take(struct relay_stream *stream, const void *bytes, size_t size);
bool relay_stream_credit(struct relay_stream *stream, uint32_t bytes);
void relay_stream_end(struct relay_stream *stream);

/* Reset the target, and forget the stream, without a word to the client. */
void relay_stream_drop(struct relay_stream *stream);

/* Wait for what the stream can do now. */
void relay_stream_watch(struct relay_stream *stream);

#endif
