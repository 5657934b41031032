// SPDX-License-Identifier: Apache-2.0
#include "entry.h"

#include "uring_kernel.h"

#define NOP_INJECT_RESULT 1 /* IORING_NOP_INJECT_RESULT: the operation completes with sqe->len */

static bool can_fail;

void entry_init(void)
{
    struct failure why;
    can_fail = !uring_kernel_injects(&why);
}

bool entry_can_fail(void)
{
    return can_fail;
}

static void become_nop(struct io_uring_sqe *entry)
{
    entry->opcode = IORING_OP_NOP;
    entry->off = entry->addr = 0;
    entry->rw_flags = 0;
}

/* Without success there would be a completion: of the operation itself a failure, such as a short read. */
void entry_remove(struct io_uring_sqe *entry)
{
    become_nop(entry);
    entry->flags |= IOSQE_CQE_SKIP_SUCCESS;
}

void entry_fail(struct io_uring_sqe *entry, int error)
{
    become_nop(entry);
    entry->rw_flags = NOP_INJECT_RESULT;
    entry->len = (uint32_t)-error;
}
