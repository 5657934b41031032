// SPDX-License-Identifier: Apache-2.0
/* The process of go_tracer.h, from its beginning. */
#ifndef GO_TRACER_PROCESS_H
#define GO_TRACER_PROCESS_H

#include <sys/types.h>

#include "go_turn.h"

#define GO_TRACER_SITES 16

struct go_tracer_task {
    pid_t target;
    struct go_turn_site sites[GO_TRACER_SITES];
    int count;
    int helper; /* pidfd of who wants it: the tracer ends with that */
    int ready;  /* an errno is written here, 0 once all threads are traced */
};

/* In a forked child: keeps no other descriptors, calls nothing that allocates, and does not return. */
_Noreturn void go_tracer_process(const struct go_tracer_task *task);

#endif
