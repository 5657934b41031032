// SPDX-License-Identifier: Apache-2.0
/* The submission queue of somebody else's io_uring. */
#ifndef FOREIGN_RING_H
#define FOREIGN_RING_H

#include <linux/io_uring.h>
#include <stdint.h>

struct foreign_ring {
    int fd; /* ours */
    void *rings, *sqes;
    uint64_t size; /* of what is mapped of the rings */
    uint32_t head, entries;
    uint32_t waiting;      /* entries to be submitted */
    const uint32_t *array; /* NULL: entry i is at i */
};

/* Learn where the kernel keeps what; without it no ring can be opened. */
void foreign_ring_init(void);

/*
 * The ring behind a descriptor of a process; -1 if it is out of reach. flags: IORING_SETUP_… of all rings that the
 * process made. One with larger entries or completions puts all of them out of reach, as nothing tells a ring's own
 * afterwards.
 */
int foreign_ring_open(struct foreign_ring *ring, int pidfd, int descriptor, uint32_t flags);
void foreign_ring_close(struct foreign_ring *ring);

/* The entry that is submitted i-th from now. */
struct io_uring_sqe *foreign_ring_next(const struct foreign_ring *ring, uint32_t i);

#endif
