// SPDX-License-Identifier: Apache-2.0
#include "ring_buffer.h"

#include <linux/bpf.h>
#include <sys/mman.h>
#include <unistd.h>

#define ROUND_UP(n) (((n) + 7) & ~(uint64_t)7)

/* The map holds: a page with the consumer position (ours to write), a page with the producer position, the data twice.
 */
int ring_open(struct ring *ring, int map, size_t size, size_t largest, struct failure *f)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE), beyond = (largest + BPF_RINGBUF_HDR_SZ + page - 1) & ~(page - 1);
    size_t mapped = page + size + (beyond < size ? beyond : size);
    void *consumer = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_SHARED, map, 0);
    if (consumer == MAP_FAILED)
        return fail_errno(f, FAILED, "mmap of the ring buffer's consumer page");
    unsigned char *rest = mmap(NULL, mapped, PROT_READ, MAP_SHARED | MAP_POPULATE, map, (off_t)page);
    if (rest == MAP_FAILED) {
        munmap(consumer, page);
        return fail_errno(f, FAILED, "mmap of a ring buffer of %zu bytes", size);
    }
    *ring = (struct ring){map, size, mapped, consumer, (uint64_t *)rest, rest + page};
    return 0;
}

void ring_close(struct ring *ring)
{
    if (!ring->size)
        return;
    munmap(ring->consumer, (size_t)sysconf(_SC_PAGESIZE));
    munmap((void *)ring->producer, ring->mapped);
    ring->size = 0;
}

enum ring_state ring_peek(const struct ring *ring, uint64_t *position, const void **record, uint64_t *next)
{
    while (*position < __atomic_load_n(ring->producer, __ATOMIC_ACQUIRE)) {
        const uint32_t *header = (const uint32_t *)(ring->data + (*position & (ring->size - 1)));
        uint32_t length = __atomic_load_n(header, __ATOMIC_ACQUIRE);
        if (length & BPF_RINGBUF_BUSY_BIT)
            return RING_BUSY;
        *next = *position + ROUND_UP((length & ~BPF_RINGBUF_DISCARD_BIT) + BPF_RINGBUF_HDR_SZ);
        if (!(length & BPF_RINGBUF_DISCARD_BIT)) {
            *record = (const unsigned char *)header + BPF_RINGBUF_HDR_SZ;
            return RING_RECORD;
        }
        *position = *next;
    }
    return RING_EMPTY;
}

/* The kernel wakes us for a record only if it sees that we had come as far: so we must not look for that record before
 * it can see it. */
void ring_release(struct ring *ring, uint64_t position)
{
    if (ring->size)
        __atomic_store_n(ring->consumer, position, __ATOMIC_SEQ_CST);
}

uint64_t ring_used(const struct ring *ring)
{
    return __atomic_load_n(ring->producer, __ATOMIC_ACQUIRE) - *ring->consumer;
}
