// SPDX-License-Identifier: Apache-2.0
/* ASYNC_CANCEL, POLL_REMOVE and TIMEOUT_REMOVE of operations that were taken: the kernel does not know these any more.
 */
#ifndef KEEPER_CANCEL_H
#define KEEPER_CANCEL_H

#include "origin.h"

/*
 * Whether an entry of a ring was answered here, so that the kernel must not see it. One that asks for all that match
 * goes on to the kernel as well, whose count is then of what it has itself.
 */
bool cancel_answers(struct origin *origin, const struct io_uring_sqe *entry);

#endif
