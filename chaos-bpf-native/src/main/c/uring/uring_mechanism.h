// SPDX-License-Identifier: Apache-2.0
/* A way to fault io_uring. `attach kind=iouring` takes the first that can do what is asked for here. */
#ifndef URING_MECHANISM_H
#define URING_MECHANISM_H

#include "fault.h"
#include "uring_options.h"

/* The keys of an attach request that say where and how; NULL where absent. */
struct uring_request {
    struct uring_options options;
    const char *keeper;    /* path of a keeper's control.sock */
    const char *container; /* id of the target, if it was named so */
    const char *mechanism; /* the only one to try, by the beginning of its name */
};

struct uring_mechanism {
    const char *name; /* for the reply */

    /* As in struct fault_kind. */
    void *(*attach)(const struct uring_request *wanted, const struct target *target, struct failure *f);
    int (*on)(void *fault, struct reply *reply, struct failure *f);
    void (*lift)(void *fault);
    int (*off)(void *fault, struct reply *reply, struct failure *f);
    void (*stats)(void *fault, struct reply *reply);
    void (*detach)(void *fault);
    void (*probe)(struct reply *reply);
};

extern const struct uring_mechanism uring_trampolines, uring_seccomp;

#endif
