// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* The values of the map of goroutines that are held; its keys are the addresses of their runtime.g. */
#ifndef GO_HOLDS_H
#define GO_HOLDS_H

#include <linux/types.h>
#include <stdbool.h>

#define GO_MAX_HELD 16384

struct go_held {
    __u64 start, until; /* CLOCK_MONOTONIC */
    bool yields;        /* goyield: on its way from the entry to the runtime */
    bool others;        /* written by the tracer: another fault holds this call, which was seen here already */
};

#endif
