// SPDX-License-Identifier: Apache-2.0
#include "lane.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define ENTRIES 128
#define WITHIN_S 5

int lane_open(struct lane *lane, uint32_t flags)
{
    memset(lane, 0, sizeof *lane);
    lane->params.flags = flags;
    lane->fd = (int)syscall(SYS_io_uring_setup, ENTRIES, &lane->params);
    if (lane->fd < 0)
        return -errno;
    lane->rings = mmap(NULL, 16384, PROT_READ | PROT_WRITE, MAP_SHARED, lane->fd, IORING_OFF_SQ_RING);
    lane->entries =
        mmap(NULL, ENTRIES * sizeof *lane->entries, PROT_READ | PROT_WRITE, MAP_SHARED, lane->fd, IORING_OFF_SQES);
    return lane->rings == MAP_FAILED || lane->entries == MAP_FAILED ? -ENOMEM : 0;
}

void lane_close(struct lane *lane)
{
    munmap(lane->rings, 16384);
    munmap(lane->entries, ENTRIES * sizeof *lane->entries);
    close(lane->fd);
}

static uint32_t *word(const struct lane *lane, uint32_t offset)
{
    return (uint32_t *)(lane->rings + offset);
}

void lane_add(struct lane *lane, const struct io_uring_sqe *entry)
{
    uint32_t *tail = word(lane, lane->params.sq_off.tail), at = *tail & (ENTRIES - 1);
    lane->entries[at] = *entry;
    word(lane, lane->params.sq_off.array)[at] = at;
    __atomic_store_n(tail, *tail + 1, __ATOMIC_RELEASE);
    lane->queued++;
}

static int enter(const struct lane *lane, uint32_t submit, uint32_t wait)
{
    struct __kernel_timespec within = {.tv_sec = WITHIN_S};
    struct io_uring_getevents_arg argument = {.ts = (uintptr_t)&within};
    uint32_t flags = wait ? IORING_ENTER_GETEVENTS | IORING_ENTER_EXT_ARG : 0;
    long n =
        syscall(SYS_io_uring_enter, lane->fd, submit, wait, flags, wait ? &argument : NULL, wait ? sizeof argument : 0);
    return n < 0 ? -errno : (int)n;
}

int lane_submit(struct lane *lane)
{
    int n = enter(lane, lane->queued, 0);
    lane->queued -= n > 0 ? (uint32_t)n : 0;
    return n;
}

struct completion lane_wait(struct lane *lane)
{
    uint32_t *head = word(lane, lane->params.cq_off.head), *tail = word(lane, lane->params.cq_off.tail);
    int rc = 0; /* a worker's end may wake it before its completion is there */
    while (*head == __atomic_load_n(tail, __ATOMIC_ACQUIRE) && (rc >= 0 || rc == -EINTR))
        rc = enter(lane, 0, 1);
    if (*head == __atomic_load_n(tail, __ATOMIC_ACQUIRE))
        return (struct completion){0};
    const struct io_uring_cqe *all = (const struct io_uring_cqe *)(lane->rings + lane->params.cq_off.cqes);
    const struct io_uring_cqe *next = &all[*head & (lane->params.cq_entries - 1)];
    struct completion completion = {next->user_data, next->res};
    __atomic_store_n(head, *head + 1, __ATOMIC_RELEASE);
    return completion;
}
