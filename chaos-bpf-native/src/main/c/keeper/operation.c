// SPDX-License-Identifier: Apache-2.0
#include "operation.h"

#include <errno.h>
#include <poll.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "clock.h"
#include "foreign_file.h"
#include "foreign_memory.h"
#include "operation_kind.h"
#include "own_ring.h"

#define NO_WAIT 0x8u /* RWF_NOWAIT */

static struct iovec *one_part(uint64_t address, uint32_t size)
{
    struct iovec *part = calloc(1, sizeof *part);
    if (part)
        *part = (struct iovec){(void *)(uintptr_t)address, size};
    return part;
}

static bool read_vector(struct operation *operation, pid_t pid, uint64_t address, uint64_t n)
{
    operation->parts = foreign_parts(pid, address, n, MOST_BYTES, &operation->size);
    operation->n_parts = (uint32_t)n;
    return operation->parts;
}

/* With control data, or none to send at all, it is another matter. */
static bool read_message(struct operation *operation, pid_t pid, bool gives)
{
    struct msghdr theirs;
    if (!foreign_read(pid, operation->entry.addr, &theirs, sizeof theirs) || theirs.msg_controllen ||
        theirs.msg_namelen > sizeof operation->name ||
        !read_vector(operation, pid, (uint64_t)(uintptr_t)theirs.msg_iov, theirs.msg_iovlen))
        return false;
    operation->message = theirs;
    operation->name_address = (uint64_t)(uintptr_t)theirs.msg_name;
    operation->name_room = theirs.msg_namelen;
    return !gives || !theirs.msg_name ||
           foreign_read(pid, operation->name_address, &operation->name, theirs.msg_namelen);
}

static bool read_memory(struct operation *operation, pid_t pid)
{
    const struct io_uring_sqe *entry = &operation->entry;
    const struct operation_kind *kind = operation_kind_of(entry->opcode);
    if (kind->message)
        return read_message(operation, pid, kind->gives);
    if (kind->vector)
        return read_vector(operation, pid, entry->addr, entry->len);
    if (!kind->gives && !kind->gets)
        return true;
    operation->size = entry->len;
    operation->parts = entry->len <= MOST_BYTES ? one_part(entry->addr, entry->len) : NULL;
    operation->n_parts = 1;
    return operation->parts;
}

static bool read_timeout(struct operation *operation, pid_t pid)
{
    const struct io_uring_sqe *entry = &operation->entry;
    clockid_t clock = entry->timeout_flags & IORING_TIMEOUT_REALTIME   ? CLOCK_REALTIME
                      : entry->timeout_flags & IORING_TIMEOUT_BOOTTIME ? CLOCK_BOOTTIME
                                                                       : CLOCK_MONOTONIC;
    struct __kernel_timespec time;
    struct timespec now = {0};
    if (!foreign_read(pid, entry->addr, &time, sizeof time) || time.tv_sec < 0 || time.tv_sec > INT32_MAX ||
        time.tv_nsec < 0 || time.tv_nsec >= 1000000000)
        return false;
    if (entry->timeout_flags & IORING_TIMEOUT_ABS)
        clock_gettime(clock, &now);
    int64_t left = (int64_t)(time.tv_sec - now.tv_sec) * 1000000000 + time.tv_nsec - now.tv_nsec;
    operation->expires_ns = clock_now_ns() + (left > 0 ? (uint64_t)left : 0);
    return true;
}

static bool open_file(struct operation *operation, const struct asker *asker)
{
    const struct io_uring_sqe *entry = &operation->entry;
    const struct operation_kind *kind = operation_kind_of(entry->opcode);
    struct foreign_file file = foreign_file_open(asker->pidfd, entry->fd, kind->gives);
    bool at_once =
        kind->socket ? entry->msg_flags & MSG_DONTWAIT : (kind->gives || kind->gets) && entry->rw_flags & NO_WAIT;
    operation->file = file.fd;
    operation->waits =
        (file.waits || entry->opcode == IORING_OP_POLL_ADD) && entry->opcode != IORING_OP_FSYNC && !at_once;
    return file.fd >= 0;
}

bool operation_open(struct operation *operation, const struct io_uring_sqe *entry, const struct asker *asker)
{
    *operation = (struct operation){.entry = *entry, .file = -1};
    bool timeout = entry->opcode == IORING_OP_TIMEOUT;
    if (timeout ? read_timeout(operation, asker->thread)
                : read_memory(operation, asker->thread) && open_file(operation, asker))
        return true;
    operation_close(operation);
    return false;
}

void operation_close(struct operation *operation)
{
    own_ring_close(operation->file);
    free(operation->buffer);
    free(operation->parts);
    operation->file = -1;
    operation->buffer = NULL;
    operation->parts = NULL;
}

int operation_await(const struct operation *operation, uint64_t tag)
{
    const struct io_uring_sqe *theirs = &operation->entry;
    uint32_t events = theirs->opcode == IORING_OP_POLL_ADD       ? theirs->poll32_events
                      : operation_kind_of(theirs->opcode)->gives ? POLLOUT
                                                                 : POLLIN;
    const struct io_uring_sqe entry = {
        .opcode = IORING_OP_POLL_ADD, .fd = operation->file, .poll32_events = events, .user_data = tag};
    return own_ring_submit(&entry) ? 0 : -EAGAIN;
}

/* The message as it is for us: our memory in place of theirs. */
static void point_message(struct operation *operation, struct io_uring_sqe *entry)
{
    operation->whole = (struct iovec){operation->buffer, operation->size};
    operation->message.msg_name = operation->name_address ? &operation->name : NULL;
    operation->message.msg_iov = &operation->whole;
    operation->message.msg_iovlen = 1;
    operation->message.msg_control = NULL;
    entry->addr = (uint64_t)(uintptr_t)&operation->message;
}

static void point_memory(struct operation *operation, struct io_uring_sqe *entry)
{
    const struct operation_kind *kind = operation_kind_of(entry->opcode);
    if (kind->message)
        point_message(operation, entry);
    else if (kind->gives || kind->gets)
        entry->addr = (uint64_t)(uintptr_t)operation->buffer, entry->len = operation->size;
    if (kind->vector)
        entry->opcode = kind->gives ? IORING_OP_WRITE : IORING_OP_READ;
}

int operation_begin(struct operation *operation, pid_t pid, uint64_t tag)
{
    struct io_uring_sqe entry = operation->entry;
    const struct operation_kind *kind = operation_kind_of(entry.opcode);
    if (!operation->buffer)
        operation->buffer = kind->gives || kind->gets ? malloc(operation->size ? operation->size : 1) : NULL;
    if ((kind->gives || kind->gets) && !operation->buffer)
        return -ENOMEM;
    if (kind->gives && !foreign_gather(pid, operation->parts, operation->n_parts, operation->buffer, operation->size))
        return -EFAULT;
    point_memory(operation, &entry);
    entry.flags = 0; /* how it is done is our ring's affair */
    entry.fd = operation->file;
    entry.user_data = tag;
    entry.personality = own_ring_personality();
    return own_ring_submit(&entry) ? 0 : -EAGAIN;
}

static bool give_field(const struct operation *operation, pid_t pid, size_t offset, const void *value, size_t size)
{
    return foreign_write(pid, operation->entry.addr + offset, value, size);
}

/* What the kernel writes into a msghdr beside the data: who sent, lengths, flags. */
static bool give_message(const struct operation *operation, pid_t pid)
{
    const struct msghdr *ours = &operation->message;
    socklen_t length = ours->msg_namelen < operation->name_room ? ours->msg_namelen : operation->name_room;
    const size_t no_control = 0;
    return (!operation->name_address || foreign_write(pid, operation->name_address, &operation->name, length)) &&
           give_field(operation, pid, offsetof(struct msghdr, msg_namelen), &ours->msg_namelen,
                      sizeof ours->msg_namelen) &&
           give_field(operation, pid, offsetof(struct msghdr, msg_controllen), &no_control, sizeof no_control) &&
           give_field(operation, pid, offsetof(struct msghdr, msg_flags), &ours->msg_flags, sizeof ours->msg_flags);
}

int operation_end(struct operation *operation, pid_t pid, int result)
{
    const struct operation_kind *kind = operation_kind_of(operation->entry.opcode);
    if (result < 0 || !kind->gets)
        return result;
    size_t size = (uint32_t)result < operation->size ? (uint32_t)result : operation->size; /* MSG_TRUNC says more */
    if (!foreign_scatter(pid, operation->parts, operation->n_parts, operation->buffer, size) ||
        (kind->message && !give_message(operation, pid)))
        return -EFAULT;
    return result;
}
