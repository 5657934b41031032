// SPDX-License-Identifier: Apache-2.0
/* Writing over what is about to be submitted to a ring. */
#ifndef KEEPER_ENTRY_H
#define KEEPER_ENTRY_H

#include <linux/io_uring.h>
#include <stdbool.h>

/* Nothing is done, and no completion comes. */
void entry_remove(struct io_uring_sqe *entry);

/* It completes with -error, if entry_can_fail(): a chain that it is part of breaks. */
void entry_fail(struct io_uring_sqe *entry, int error);

/* Whether this kernel can make an operation fail (IORING_NOP_INJECT_RESULT, Linux 6.10); asked for once. */
void entry_init(void);
bool entry_can_fail(void);

#endif
