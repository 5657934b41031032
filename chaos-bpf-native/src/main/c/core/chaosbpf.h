// SPDX-License-Identifier: Apache-2.0
/* The one entry point of the helper. */
#ifndef CHAOSBPF_H
#define CHAOSBPF_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>

#define CHAOSBPF_VERSION 3
/* A reply buffer of this size is never too small. */
#define CHAOSBPF_REPLY_SIZE 65536

/*
 * Handle one request line and write one reply line, without a newline, into reply. Returns 0 for `ok`, -1 for `error`.
 * A reply that does not fit becomes an error that says how much is needed. Thread safe; requests run one at a time.
 */
__attribute__((visibility("default"))) int chaosbpf_request(const char *line, char *reply, size_t size);

/*
 * The rest is not exported by the library, whose destructor drains.
 *
 * Switch every fault off as soon as one of at most 4 descriptors has such an event, even in the middle of a request.
 */
void chaosbpf_end_with(const struct pollfd *ends, int count);

/*
 * End every fault: all are off first, then what is held is handed out, in order, and all is detached. Waits for that at
 * most so long, -1: for ever; may be called again. Whether all is done.
 */
bool chaosbpf_drain(int ms);

/* The ids of what is still being taken apart, with commas. */
void chaosbpf_left(char *names, size_t size);

#endif
