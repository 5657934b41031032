// SPDX-License-Identifier: Apache-2.0
/* A ring of 128 entries for many operations at a time. */
#ifndef LANE_H
#define LANE_H

#include <linux/io_uring.h>
#include <stdint.h>

struct lane {
    int fd;
    char *rings;
    struct io_uring_sqe *entries;
    struct io_uring_params params;
    uint32_t queued; /* not submitted yet */
};

struct completion {
    uint64_t user_data; /* 0: none came */
    int result;
};

int lane_open(struct lane *lane, uint32_t flags);
void lane_close(struct lane *lane);
void lane_add(struct lane *lane, const struct io_uring_sqe *entry);

/* Submit what was added; the result of the call. */
int lane_submit(struct lane *lane);

/* Wait for a completion, at most five seconds. */
struct completion lane_wait(struct lane *lane);

#endif
