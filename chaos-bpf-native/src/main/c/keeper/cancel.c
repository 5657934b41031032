// SPDX-License-Identifier: Apache-2.0
#include "cancel.h"

#include <errno.h>

#include "taken.h"

#define CANCEL_USERDATA (1u << 4) /* IORING_ASYNC_CANCEL_USERDATA and _OP: of Linux 6.6 */
#define CANCEL_OP (1u << 5)
#define CANCEL_KEYS (IORING_ASYNC_CANCEL_FD | IORING_ASYNC_CANCEL_ANY | CANCEL_OP)

static bool matches_keys(const struct io_uring_sqe *entry, const struct io_uring_sqe *taken)
{
    uint32_t flags = entry->cancel_flags;
    if (flags & IORING_ASYNC_CANCEL_ANY)
        return true;
    if (flags & IORING_ASYNC_CANCEL_FD && (flags & IORING_ASYNC_CANCEL_FD_FIXED || entry->fd != taken->fd))
        return false;
    if (flags & CANCEL_OP && entry->len != taken->opcode)
        return false;
    return (flags & CANCEL_KEYS && !(flags & CANCEL_USERDATA)) || entry->addr == taken->user_data;
}

static bool matches(const struct io_uring_sqe *entry, const struct io_uring_sqe *taken)
{
    switch (entry->opcode) {
    case IORING_OP_ASYNC_CANCEL:
        return matches_keys(entry, taken);
    case IORING_OP_POLL_REMOVE:
        return taken->opcode == IORING_OP_POLL_ADD && entry->addr == taken->user_data;
    case IORING_OP_TIMEOUT_REMOVE:
        return taken->opcode == IORING_OP_TIMEOUT && entry->addr == taken->user_data;
    default:
        return false;
    }
}

/* To change what is under way comes too late, as it may for the kernel. */
static bool changes(const struct io_uring_sqe *entry)
{
    return (entry->opcode == IORING_OP_POLL_REMOVE && entry->len) ||
           (entry->opcode == IORING_OP_TIMEOUT_REMOVE && entry->timeout_flags & IORING_TIMEOUT_UPDATE_MASK);
}

static bool answer(struct origin *origin, const struct io_uring_sqe *entry, int result)
{
    bool silent = entry->flags & IOSQE_CQE_SKIP_SUCCESS && result >= 0;
    return silent || taken_say(origin, entry->user_data, result);
}

bool cancel_answers(struct origin *origin, const struct io_uring_sqe *entry)
{
    bool all = entry->opcode == IORING_OP_ASYNC_CANCEL &&
               entry->cancel_flags & (IORING_ASYNC_CANCEL_ALL | IORING_ASYNC_CANCEL_ANY);
    for (int i = 0, n = taken_slots(); i < n; i++) {
        struct taken *taken = taken_at(i);
        if (taken->stage == FREE || taken->origin != origin || !matches(entry, &taken->operation.entry))
            continue;
        int result = changes(entry) ? -EALREADY : taken_cancel(taken);
        if (!all && result != -ENOENT)
            return answer(origin, entry, result);
    }
    return false;
}
