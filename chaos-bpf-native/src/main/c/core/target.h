// SPDX-License-Identifier: Apache-2.0
/* Where a fault goes: read from the keys of an `attach`. */
#ifndef TARGET_H
#define TARGET_H

#include <sys/types.h>

#include "failure.h"
#include "request.h"

struct target {
    pid_t pid; /* of pid=, or found for container= */
};

int target_require(struct request *request, struct target *target, struct failure *f);

#endif
