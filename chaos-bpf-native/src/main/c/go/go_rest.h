// SPDX-License-Identifier: Apache-2.0
/*
 * Stopped threads that stay so for a moment. A goroutine that gives up its processor gets it back at once where nobody
 * else wants it: going round and round would keep two CPUs busy.
 */
#ifndef GO_REST_H
#define GO_REST_H

#include <stdint.h>
#include <sys/types.h>

#define GO_REST_MAX 64

struct go_rest {
    struct {
        pid_t thread;
        uint64_t until_ns; /* CLOCK_MONOTONIC */
    } resting[GO_REST_MAX];
    int count;
};

/* Goes on at once where 64 rest already. */
void go_rest_begin(struct go_rest *rest, pid_t thread, uint64_t until_ns);

/* Those whose time has come go on. The nanoseconds until the next one; -1: none rests. */
int64_t go_rest_end(struct go_rest *rest);

#endif
