// SPDX-License-Identifier: Apache-2.0
#include "message.h"

#include "own_ring.h"

bool message_send(int ring, uint64_t user_data, int result, uint64_t tag)
{
    const struct io_uring_sqe entry = {
        .opcode = IORING_OP_MSG_RING, .fd = ring, .off = user_data, .len = (uint32_t)result, .user_data = tag};
    return own_ring_submit(&entry);
}

void message_cancel(uint64_t tag)
{
    const struct io_uring_sqe entry = {.opcode = IORING_OP_ASYNC_CANCEL, .addr = tag};
    own_ring_submit(&entry);
}
