// SPDX-License-Identifier: Apache-2.0
/* The few bpf(2) calls that a light skeleton leaves to us. */
#ifndef BPF_CALL_H
#define BPF_CALL_H

#include <stdint.h>

#include "failure.h"

/*
 * Attach a program to a device of the *calling thread's* network namespace, with the type and the flags of tcx. A link
 * (close-on-exec): closing it detaches, after which no program runs any more. -1 with errno.
 */
int device_link(int program, int ifindex, uint32_t type, uint32_t flags);

/*
 * Attach a program to a perf event, whose descriptor may be closed afterwards; the cookie is what
 * bpf_get_attach_cookie() says. Returns a link, as above.
 */
int perf_event_attach(int program, int event, uint64_t cookie, struct failure *f);

/* Copy the key after *key (the first for NULL) to next; 0, or -1 with ENOENT at the end. */
int map_next_key(int map, const void *key, void *next);
int map_lookup(int map, const void *key, void *value);
int map_insert(int map, const void *key, const void *value); /* not if it is there */
int map_delete(int map, const void *key);

#endif
