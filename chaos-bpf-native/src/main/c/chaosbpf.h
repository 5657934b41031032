// SPDX-License-Identifier: Apache-2.0
/* The one entry point of the helper. */
#ifndef CHAOSBPF_H
#define CHAOSBPF_H

#include <stddef.h>

#define CHAOSBPF_VERSION 1
/* A reply buffer of this size is never too small. */
#define CHAOSBPF_REPLY_SIZE 65536

/*
 * Handle one request line and write one reply line, without a newline, into reply. Returns 0 for `ok`, -1 for `error`.
 * A reply that does not fit becomes an error that says how much is needed. Thread safe; requests run one at a time.
 */
__attribute__((visibility("default"))) int chaosbpf_request(const char *line, char *reply, size_t size);

/* End every fault: hand out what is held, in order, and detach. Not exported by the library, whose destructor calls it.
 */
void chaosbpf_drain(void);

#endif
