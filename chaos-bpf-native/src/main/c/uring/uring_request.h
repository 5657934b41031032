// SPDX-License-Identifier: Apache-2.0
/* kind=iouringfault: what a target asks of io_uring fails, comes late, or never completes. */
#ifndef URING_REQUEST_H
#define URING_REQUEST_H

#include "target.h"
#include "uring_options.h"

/* The keys of an attach request that say what, where and how; NULL where absent. */
struct uring_request {
    struct uring_options options;
    const char *keeper;    /* path of a keeper's control.sock */
    const char *container; /* id of the target, if it was named so */
};

/* Of both mechanisms, as in struct fault_kind. */
void *uring_prepare(struct request *request, const struct target *target, struct failure *f);

#endif
