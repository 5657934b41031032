// SPDX-License-Identifier: Apache-2.0
/* Why a request failed: becomes the `error code=… errno=… msg=…` reply. */
#ifndef FAILURE_H
#define FAILURE_H

#include "errno_names.h"

/* The codes of the protocol. */
#define BAD_REQUEST "bad_request"
#define UNKNOWN_ID "unknown_id"
#define DUPLICATE_ID "duplicate_id"
#define NO_TARGET "no_target"
#define NO_CONTAINER "no_container" /* none that is to be seen from here */
#define UNSUPPORTED "unsupported"
#define DENIED "denied"
#define FAILED "failed"
#define NO_KEEPER "no_keeper"             /* nobody holds seccomp listeners here */
#define NO_LISTENER "no_listener"         /* the target was started without one */
#define NARROW_LISTENER "narrow_listener" /* it has one for io_uring_setup only */
#define NO_LIMIT "no_limit"               /* the target's container may use all there is */
#define OVER_LIMIT "over_limit"           /* it would be more than the target's container may use */

struct failure {
    const char *code;
    int err; /* an errno, 0 when none */
    char msg[1536];
};

/* Fill in the failure and return -1. The message says what was tried and what to do. */
__attribute__((format(printf, 4, 5))) int fail(struct failure *f, const char *code, int err, const char *format, ...);

/* As fail() with the current errno; EPERM and EACCES become `denied`, anything else the given code. */
__attribute__((format(printf, 3, 4))) int fail_errno(struct failure *f, const char *code, const char *format, ...);

#endif
