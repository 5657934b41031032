// SPDX-License-Identifier: Apache-2.0
#include "target.h"

#include "container.h"

static int read_pid(struct request *request, struct target *target, struct failure *f)
{
    uint64_t pid = 0;
    if (request_number(request, "pid", 1, 4194304, &pid, f))
        return -1;
    target->pid = (pid_t)pid;
    return 0;
}

int target_require(struct request *request, struct target *target, struct failure *f)
{
    const char *pid = request_get(request, "pid"), *container = request_get(request, "container");
    if (!pid == !container)
        return fail(f, BAD_REQUEST, 0, "%s: exactly one of pid=N and container=ID is required", request->verb);
    if (container && !container_id_is_full(container))
        return fail(
            f, BAD_REQUEST, 0,
            "container=%.80s: expected the full id, %d digits of 0-9a-f, without a prefix such as containerd://",
            container, CONTAINER_ID_LENGTH);
    return container ? container_find(container, &target->pid, f) : read_pid(request, target, f);
}
