// SPDX-License-Identifier: Apache-2.0
#include "store.h"

#include <string.h>
#include <sys/mman.h>

#include "held_memory.h"

#define CHUNK_SIZE (1u << 20)
#define CHUNK_ROOM (CHUNK_SIZE - sizeof(struct store_chunk))

struct store_chunk {
    struct store_chunk *next;
    size_t used;
    unsigned char bytes[] __attribute__((aligned(8)));
};

/* From the kernel, not from malloc(): what is given back is given back, and pages come as they are touched. */
static struct store_chunk *new_chunk(struct store *store)
{
    struct store_chunk *chunk = store->spare;
    if (chunk) {
        store->spare = chunk->next;
        *chunk = (struct store_chunk){0};
        return chunk;
    }
    if (!store->named && !held_memory_take(CHUNK_SIZE))
        return NULL;
    chunk = mmap(NULL, CHUNK_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (chunk != MAP_FAILED) {
        madvise(chunk, CHUNK_SIZE, MADV_DONTFORK); /* no process of ours needs it, and none shall count as holding it */
        return chunk;
    }
    if (!store->named)
        held_memory_give(CHUNK_SIZE);
    return NULL;
}

static void give_back(struct store *store, struct store_chunk *chunk)
{
    munmap(chunk, CHUNK_SIZE);
    if (!store->named)
        held_memory_give(CHUNK_SIZE);
}

static size_t size_of(const struct delay_record *record)
{
    return (sizeof *record + record->length + 7) & ~(size_t)7;
}

static bool make_room(struct store *store, size_t size)
{
    if (store->last && store->last->used + size <= CHUNK_ROOM)
        return true;
    struct store_chunk *chunk = new_chunk(store);
    if (!chunk)
        return false;
    if (store->last)
        store->last->next = chunk;
    else
        store->oldest = store->reading = chunk;
    store->last = chunk;
    return true;
}

bool store_put(struct store *store, const struct delay_record *record)
{
    size_t size = size_of(record);
    if (store->held + size > store->limit || !make_room(store, size))
        return false;
    memcpy(store->last->bytes + store->last->used, record, sizeof *record + record->length);
    store->last->used += size;
    store->held += size;
    return true;
}

const struct delay_record *store_first(struct store *store)
{
    if (!store->held)
        return NULL;
    if (store->read == store->reading->used) {
        store->reading = store->reading->next;
        store->read = 0;
    }
    return (const struct delay_record *)(store->reading->bytes + store->read);
}

void store_drop(struct store *store)
{
    size_t size = size_of(store_first(store));
    store->read += size;
    store->held -= size;
}

void store_release(struct store *store)
{
    while (store->oldest != store->reading) {
        struct store_chunk *done = store->oldest;
        store->oldest = done->next;
        if (held_memory_is_scarce()) {
            give_back(store, done);
            continue;
        }
        done->next = store->spare;
        store->spare = done;
    }
    if (store->reading && !store->held)
        store->read = store->reading->used = 0;
}

static void free_list(struct store *store, struct store_chunk *chunk)
{
    while (chunk) {
        struct store_chunk *next = chunk->next;
        give_back(store, chunk);
        chunk = next;
    }
}

void store_free(struct store *store)
{
    free_list(store, store->oldest);
    free_list(store, store->spare);
    *store = (struct store){.limit = store->limit, .named = store->named};
}
