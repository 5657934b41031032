// SPDX-License-Identifier: Apache-2.0
#include "ring.h"

#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define CACHE_LINE 64
#define HEADS 4096 /* the counters are on the first page */

/* Offsets into a ring, the same for all; but the array follows the completions, and so depends on their number. */
static struct io_uring_params kernel;
static bool known;

void foreign_ring_init(void)
{
    int ring = (int)syscall(SYS_io_uring_setup, 1, &kernel);
    known = ring >= 0;
    if (known)
        close(ring);
}

static uint32_t counter(const void *rings, uint32_t offset)
{
    return __atomic_load_n((const uint32_t *)((const char *)rings + offset), __ATOMIC_ACQUIRE);
}

static uint64_t array_offset(const void *rings)
{
    uint64_t completions = counter(rings, kernel.cq_off.ring_entries);
    uint64_t end = kernel.cq_off.cqes + completions * sizeof(struct io_uring_cqe);
    return (end + CACHE_LINE - 1) & ~(uint64_t)(CACHE_LINE - 1);
}

/* Of IORING_SETUP_…: entries or completions of twice the size, in all of a ring or in parts. */
#define OTHER_SIZES (1u << 10 | 1u << 11 | 1u << 18 | 1u << 19) /* SQE128, CQE32, CQE_MIXED, SQE_MIXED */
#define NO_ARRAY (1u << 16)                                     /* NO_SQARRAY */

/* Whether what is where an array would be may be one. */
static bool looks_like_array(const uint32_t *array, uint32_t entries)
{
    bool zero = true;
    for (uint32_t i = 0; i < entries; i++) {
        if (array[i] >= entries)
            return false;
        zero &= array[i] == 0;
    }
    return !zero;
}

/* The array says which entry is submitted when. Where a process makes rings without one, its contents must tell. */
static const uint32_t *find_array(const struct foreign_ring *ring, uint32_t flags)
{
    const uint32_t *array = (const uint32_t *)((const char *)ring->rings + array_offset(ring->rings));
    return !(flags & NO_ARRAY) || looks_like_array(array, ring->entries) ? array : NULL;
}

static uint64_t size_with_array(int fd, uint32_t *entries)
{
    void *heads = mmap(NULL, HEADS, PROT_READ, MAP_SHARED, fd, IORING_OFF_SQ_RING);
    if (heads == MAP_FAILED)
        return 0;
    *entries = counter(heads, kernel.sq_off.ring_entries);
    uint64_t size = array_offset(heads) + *entries * sizeof(uint32_t);
    munmap(heads, HEADS);
    return size;
}

static int map(struct foreign_ring *ring, int fd, uint32_t flags)
{
    uint64_t size = size_with_array(fd, &ring->entries);
    if (!size)
        return -1;
    ring->rings = mmap(NULL, size, PROT_READ, MAP_SHARED, fd, IORING_OFF_SQ_RING);
    bool with_array = ring->rings != MAP_FAILED;
    ring->size = with_array ? size : HEADS;
    if (!with_array)
        ring->rings = mmap(NULL, HEADS, PROT_READ, MAP_SHARED, fd, IORING_OFF_SQ_RING);
    ring->sqes = mmap(NULL, ring->entries * sizeof(struct io_uring_sqe), PROT_READ | PROT_WRITE, MAP_SHARED, fd,
                      IORING_OFF_SQES);
    if (ring->rings == MAP_FAILED || ring->sqes == MAP_FAILED)
        return -1;
    ring->head = counter(ring->rings, kernel.sq_off.head);
    ring->array = with_array ? find_array(ring, flags) : NULL;
    return ring->array || flags & NO_ARRAY ? 0 : -1;
}

int foreign_ring_open(struct foreign_ring *ring, int pidfd, int descriptor, uint32_t flags)
{
    *ring = (struct foreign_ring){.rings = MAP_FAILED, .sqes = MAP_FAILED};
    int fd = known && !(flags & OTHER_SIZES) ? (int)syscall(SYS_pidfd_getfd, pidfd, descriptor, 0) : -1;
    if (fd < 0)
        return -1;
    int rc = map(ring, fd, flags);
    close(fd);
    if (rc)
        foreign_ring_close(ring);
    return rc;
}

void foreign_ring_close(struct foreign_ring *ring)
{
    if (ring->rings != MAP_FAILED)
        munmap(ring->rings, ring->size);
    if (ring->sqes != MAP_FAILED)
        munmap(ring->sqes, ring->entries * sizeof(struct io_uring_sqe));
}

struct io_uring_sqe *foreign_ring_next(const struct foreign_ring *ring, uint32_t i)
{
    uint32_t slot = (ring->head + i) & (ring->entries - 1);
    uint32_t entry = ring->array ? ring->array[slot] : slot;
    return (struct io_uring_sqe *)ring->sqes + (entry & (ring->entries - 1));
}
