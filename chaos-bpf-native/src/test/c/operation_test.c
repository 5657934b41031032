// SPDX-License-Identifier: Apache-2.0
/* What of another process's io_uring can be done by the keeper, and what of its memory is believed. */
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "foreign_memory.h"
#include "operation.h"

#include "check.h"

#define MULTISHOT 2 /* IORING_RECV_MULTISHOT */

static struct io_uring_sqe entry;

static bool taken(uint8_t opcode)
{
    entry.opcode = opcode;
    bool result = operation_can_be_taken(&entry);
    entry = (struct io_uring_sqe){0};
    return result;
}

static void takes_what_it_knows(void)
{
    const uint8_t known[] = {IORING_OP_READ,  IORING_OP_READV,   IORING_OP_WRITE,   IORING_OP_WRITEV,
                             IORING_OP_RECV,  IORING_OP_SEND,    IORING_OP_RECVMSG, IORING_OP_SENDMSG,
                             IORING_OP_FSYNC, IORING_OP_POLL_ADD};
    for (size_t i = 0; i < sizeof known; i++) {
        CHECK(taken(known[i]));
        entry.flags = IOSQE_ASYNC;
        CHECK(taken(known[i]));
    }
    entry.len = 1;
    CHECK(taken(IORING_OP_TIMEOUT));
}

static void leaves_what_makes_descriptors_or_is_not_known(void)
{
    const uint8_t other[] = {IORING_OP_NOP,
                             IORING_OP_ACCEPT,
                             IORING_OP_OPENAT,
                             IORING_OP_SOCKET,
                             IORING_OP_CONNECT,
                             IORING_OP_SPLICE,
                             IORING_OP_READ_FIXED,
                             IORING_OP_CLOSE,
                             63,
                             64,
                             255};
    for (size_t i = 0; i < sizeof other; i++)
        CHECK(!taken(other[i]));
}

static void leaves_what_has_a_place_or_needs_what_is_registered(void)
{
    for (int bit = 0; bit < 8; bit++) {
        entry.flags = (uint8_t)(1 << bit);
        CHECK_EQUAL(taken(IORING_OP_READ), 1 << bit == IOSQE_ASYNC);
    }
    entry.buf_index = 1;
    CHECK(!taken(IORING_OP_RECV));
    entry.personality = 1;
    CHECK(!taken(IORING_OP_READ));
    entry.addr3 = 1;
    CHECK(!taken(IORING_OP_READ));
    entry.__pad2[0] = 1;
    CHECK(!taken(IORING_OP_WRITE));
    entry.splice_fd_in = 1;
    CHECK(!taken(IORING_OP_SEND));
}

static void leaves_what_completes_more_than_once_or_elsewhere(void)
{
    entry.ioprio = MULTISHOT;
    CHECK(!taken(IORING_OP_RECV));
    entry.ioprio = IORING_RECVSEND_POLL_FIRST;
    CHECK(taken(IORING_OP_RECV));
    entry.len = IORING_POLL_ADD_MULTI;
    CHECK(!taken(IORING_OP_POLL_ADD));
    entry.addr2 = 4096; /* a destination */
    CHECK(!taken(IORING_OP_SEND));
    entry.msg_flags = MSG_ERRQUEUE;
    CHECK(!taken(IORING_OP_RECVMSG));
    entry.len = 1;
    entry.off = 1; /* or so many completions */
    CHECK(!taken(IORING_OP_TIMEOUT));
    entry.len = 1;
    entry.timeout_flags = 1 << 6; /* multishot */
    CHECK(!taken(IORING_OP_TIMEOUT));
    entry.len = 2;
    CHECK(!taken(IORING_OP_TIMEOUT));
}

static char memory[64] = "some memory of a process";

static struct iovec *parts_of(const void *address, uint64_t n, uint32_t *size)
{
    return foreign_parts(getpid(), (uint64_t)(uintptr_t)address, n, MOST_BYTES, size);
}

static void reads_parts(void)
{
    const struct iovec two[] = {{memory, 5}, {memory + 12, 2}};
    char here[8] = "";
    uint32_t size;
    struct iovec *parts = parts_of(two, 2, &size);
    CHECK(parts != NULL);
    CHECK_EQUAL(size, 7);
    CHECK(foreign_gather(getpid(), parts, 2, here, 7));
    CHECK_TEXT(here, "some of");
    CHECK(foreign_gather(getpid(), parts, 2, here, 0));
    CHECK(!foreign_gather(getpid(), parts, 2, here, 8)); /* there are not so many */
    free(parts);
}

static void believes_no_number(void)
{
    static struct iovec many[1025];
    uint32_t size;
    for (int i = 0; i < 1025; i++)
        many[i] = (struct iovec){memory, 1024};
    struct iovec *parts = parts_of(many, 1024, &size);
    CHECK(parts != NULL);
    CHECK_EQUAL(size, MOST_BYTES);
    free(parts);
    CHECK(!parts_of(many, 1025, &size));
    CHECK(!parts_of(many, 0, &size));
    CHECK(!parts_of(many, UINT64_MAX, &size));
    CHECK(!parts_of((void *)8, 1, &size));
    many[1].iov_len = SIZE_MAX; /* and 1024 more: none at all, if it were added up */
    CHECK(!parts_of(many, 2, &size));
    many[0].iov_len = 0;
    many[1].iov_len = MOST_BYTES + 1;
    CHECK(!parts_of(many, 2, &size));
}

static void writes_only_what_can_be_written(void)
{
    char *page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    CHECK(!foreign_write(getpid(), (uint64_t)(uintptr_t)page, "x", 1));
    CHECK(!foreign_write(getpid(), 8, "x", 1));
    CHECK(!foreign_read(getpid(), UINT64_MAX - 1, page, 4));
    CHECK(foreign_write(getpid(), (uint64_t)(uintptr_t)memory, "S", 1));
    CHECK_TEXT(memory, "Some memory of a process");
    munmap(page, 4096);
}

int main(void)
{
    RUN(takes_what_it_knows);
    RUN(leaves_what_makes_descriptors_or_is_not_known);
    RUN(leaves_what_has_a_place_or_needs_what_is_registered);
    RUN(leaves_what_completes_more_than_once_or_elsewhere);
    RUN(reads_parts);
    RUN(believes_no_number);
    RUN(writes_only_what_can_be_written);
    return check_summary();
}
