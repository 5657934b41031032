// SPDX-License-Identifier: Apache-2.0
#include "operation_kind.h"

#include <string.h>
#include <sys/socket.h>

#include "operation.h"

#define POLL_FIRST 1        /* IORING_RECVSEND_POLL_FIRST */
#define TIMEOUT_KNOWN 0x2du /* IORING_TIMEOUT_ABS, _BOOTTIME, _REALTIME, _ETIME_SUCCESS */
#define MSG_ELSEWHERE (MSG_OOB | MSG_ERRQUEUE | MSG_ZEROCOPY)

static const struct operation_kind kinds[] = {
    [IORING_OP_READV] = {.known = true, .gets = true, .vector = true},
    [IORING_OP_WRITEV] = {.known = true, .gives = true, .vector = true},
    [IORING_OP_FSYNC] = {.known = true},
    [IORING_OP_POLL_ADD] = {.known = true},
    [IORING_OP_SENDMSG] = {.known = true, .gives = true, .message = true, .socket = true},
    [IORING_OP_RECVMSG] = {.known = true, .gets = true, .message = true, .socket = true},
    [IORING_OP_TIMEOUT] = {.known = true},
    [IORING_OP_READ] = {.known = true, .gets = true},
    [IORING_OP_WRITE] = {.known = true, .gives = true},
    [IORING_OP_SEND] = {.known = true, .gives = true, .socket = true},
    [IORING_OP_RECV] = {.known = true, .gets = true, .socket = true},
};

const struct operation_kind *operation_kind_of(uint8_t opcode)
{
    static const struct operation_kind none;
    return opcode < sizeof kinds / sizeof *kinds ? &kinds[opcode] : &none;
}

/* Fields that newer kernels give a meaning: what is not known is not done. */
static bool has_nothing_new(const struct io_uring_sqe *entry)
{
    return !entry->buf_index && !entry->personality && !entry->splice_fd_in && !entry->addr3 && !entry->__pad2[0];
}

bool operation_can_be_taken(const struct io_uring_sqe *entry)
{
    const struct operation_kind *kind = operation_kind_of(entry->opcode);
    if (!kind->known || entry->flags & ~IOSQE_ASYNC || !has_nothing_new(entry))
        return false;
    if (kind->socket)
        return !(entry->ioprio & ~POLL_FIRST) && !(entry->msg_flags & MSG_ELSEWHERE) && !entry->off;
    if (entry->opcode == IORING_OP_POLL_ADD)
        return !entry->len && !entry->ioprio; /* else it completes many times, or changes another */
    if (entry->opcode == IORING_OP_TIMEOUT)
        return !entry->off && entry->len == 1 && !(entry->timeout_flags & ~TIMEOUT_KNOWN);
    return !entry->ioprio;
}
