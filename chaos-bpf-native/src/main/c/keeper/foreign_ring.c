// SPDX-License-Identifier: Apache-2.0
#include "foreign_ring.h"

#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "descriptors.h"
#include "own_ring.h"

#define CACHE_LINE 64
#define HEADS 4096             /* the counters are on the first page */
#define MOST_ENTRIES 32768     /* IORING_MAX_ENTRIES */
#define MOST_COMPLETIONS 65536 /* IORING_MAX_CQ_ENTRIES */

/* Offsets into a ring, the same for all; but the array follows the completions, and so depends on their number. */
static struct io_uring_params kernel;
static bool known;
static int scratch; /* takes a byte by a system call */

void foreign_ring_init(void)
{
    int ring = (int)syscall(SYS_io_uring_setup, 1, &kernel);
    scratch = memfd_create("chaos-scratch", MFD_CLOEXEC);
    known = ring >= 0 && scratch >= 0;
    if (ring >= 0)
        close(ring);
}

static uint32_t counter(const void *rings, uint32_t offset)
{
    return __atomic_load_n((const uint32_t *)((const char *)rings + offset), __ATOMIC_ACQUIRE);
}

static bool is_size(uint32_t size, uint32_t most)
{
    return size > 0 && size <= most && (size & (size - 1)) == 0;
}

/* Read once: the process can change them at any time, to anything. */
static bool read_counters(struct foreign_ring *ring, int fd, uint32_t *completions)
{
    void *heads = mmap(NULL, HEADS, PROT_READ, MAP_SHARED, fd, IORING_OFF_SQ_RING);
    if (heads == MAP_FAILED)
        return false;
    ring->head = counter(heads, kernel.sq_off.head);
    ring->waiting = counter(heads, kernel.sq_off.tail) - ring->head;
    ring->entries = counter(heads, kernel.sq_off.ring_entries);
    *completions = counter(heads, kernel.cq_off.ring_entries);
    munmap(heads, HEADS);
    return is_size(ring->entries, MOST_ENTRIES) && is_size(*completions, MOST_COMPLETIONS);
}

/*
 * So many bytes of a ring, or MAP_FAILED where it has fewer. The kernel maps more than there is, as a hole at the end
 * that kills who touches it: a system call touches it for us, and fails.
 */
static void *map_all(int fd, off_t offset, int rights, uint64_t size)
{
    char *all = mmap(NULL, size, rights, MAP_SHARED, fd, offset);
    if (all == MAP_FAILED || pwrite(scratch, all + size - 1, 1, 0) == 1)
        return all;
    munmap(all, size);
    return MAP_FAILED;
}

static uint64_t array_offset(uint32_t completions)
{
    uint64_t end = kernel.cq_off.cqes + (uint64_t)completions * sizeof(struct io_uring_cqe);
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
static const uint32_t *find_array(const struct foreign_ring *ring, uint64_t offset, uint32_t flags)
{
    if (ring->rings == MAP_FAILED)
        return NULL;
    const uint32_t *array = (const uint32_t *)((const char *)ring->rings + offset);
    return !(flags & NO_ARRAY) || looks_like_array(array, ring->entries) ? array : NULL;
}

static int map(struct foreign_ring *ring, int fd, uint32_t flags)
{
    uint32_t completions;
    if (!read_counters(ring, fd, &completions))
        return -1;
    uint64_t offset = array_offset(completions);
    ring->size = offset + ring->entries * sizeof(uint32_t);
    ring->rings = map_all(fd, IORING_OFF_SQ_RING, PROT_READ, ring->size);
    ring->sqes = map_all(fd, IORING_OFF_SQES, PROT_READ | PROT_WRITE, ring->entries * sizeof(struct io_uring_sqe));
    ring->array = find_array(ring, offset, flags);
    return ring->sqes != MAP_FAILED && (ring->array || flags & NO_ARRAY) ? 0 : -1;
}

int foreign_ring_open(struct foreign_ring *ring, int pidfd, int descriptor, uint32_t flags)
{
    *ring = (struct foreign_ring){.fd = -1, .rings = MAP_FAILED, .sqes = MAP_FAILED};
    if (!known || flags & OTHER_SIZES)
        return -1;
    int fd = (int)syscall(SYS_pidfd_getfd, pidfd, descriptor, 0);
    if (fd < 0 || !descriptors_is(fd, "anon_inode:[io_uring]")) {
        own_ring_close(fd);
        return -1;
    }
    ring->fd = fd;
    if (!map(ring, fd, flags))
        return 0;
    foreign_ring_close(ring);
    return -1;
}

void foreign_ring_close(struct foreign_ring *ring)
{
    if (ring->rings != MAP_FAILED)
        munmap(ring->rings, ring->size);
    if (ring->sqes != MAP_FAILED)
        munmap(ring->sqes, ring->entries * sizeof(struct io_uring_sqe));
    close(ring->fd);
}

struct io_uring_sqe *foreign_ring_next(const struct foreign_ring *ring, uint32_t i)
{
    uint32_t slot = (ring->head + i) & (ring->entries - 1);
    uint32_t entry = ring->array ? __atomic_load_n(&ring->array[slot], __ATOMIC_RELAXED) : slot;
    return (struct io_uring_sqe *)ring->sqes + (entry & (ring->entries - 1));
}
