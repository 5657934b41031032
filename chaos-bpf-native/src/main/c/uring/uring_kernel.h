// SPDX-License-Identifier: Apache-2.0
/* What io_uring of the running kernel can do, asked of a ring of our own. */
#ifndef URING_KERNEL_H
#define URING_KERNEL_H

#include "uring_options.h"

/* Refuses an operation that the kernel does not have. */
int uring_kernel_has(const struct uring_options *options, struct failure *f);

/* Refuses where a ring cannot be told of what was done elsewhere. */
int uring_kernel_has_messages(struct failure *f);

/* Refuses where an operation cannot be turned into one that fails as told: before Linux 6.10. */
int uring_kernel_injects(struct failure *f);

#endif
