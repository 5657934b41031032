// SPDX-License-Identifier: Apache-2.0
#include "uring_request.h"

#include <errno.h>
#include <stdlib.h>

#include "uring_kernel.h"

void *uring_prepare(struct request *request, const struct target *target, struct failure *f)
{
    (void)target;
    struct uring_request *wanted = calloc(1, sizeof *wanted);
    if (!wanted) {
        fail(f, FAILED, ENOMEM, "no memory for a fault on io_uring");
        return NULL;
    }
    wanted->keeper = request_get(request, "keeper");
    wanted->container = request_get(request, "container");
    if (!uring_options_parse(request, &wanted->options, f) && !request_refuse_unknown(request, f) &&
        !uring_kernel_has(&wanted->options, f))
        return wanted;
    free(wanted);
    return NULL;
}
