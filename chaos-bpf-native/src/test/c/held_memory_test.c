// SPDX-License-Identifier: Apache-2.0
/* What all delay lines of a process may take together, with a small limit. */
#include "held_memory.h"

#include <stdlib.h>

#include "check.h"
#include "store.h"

#define MIB (1u << 20)

static struct store store_of(uint64_t limit, bool named)
{
    return (struct store){.limit = limit, .named = named};
}

/* Packets of 64 KiB, until there is no room. */
static int fill(struct store *store, int most)
{
    static union {
        struct delay_record record;
        unsigned char bytes[sizeof(struct delay_record) + 65536];
    } packet = {.record = {.length = 65536}};
    int held = 0;
    while (held < most && store_put(store, &packet.record))
        held++;
    return held;
}

static void empty(struct store *store)
{
    while (store_first(store))
        store_drop(store);
    store_release(store);
}

static void one_store_leaves_nothing_to_another(void)
{
    struct store first = store_of(64 * MIB, false), second = store_of(64 * MIB, false);
    CHECK_EQUAL(held_memory_limit(), 16 * MIB);
    CHECK_EQUAL(fill(&first, 1000), 16 * 15); /* a chunk has a header, too */
    CHECK_EQUAL(held_memory_taken(), 16 * MIB);
    CHECK_EQUAL(fill(&second, 1000), 0);
    store_free(&first);
    CHECK_EQUAL(held_memory_taken(), 0);
    CHECK_EQUAL(fill(&second, 1000), 16 * 15);
    store_free(&second);
}

static void what_is_sent_makes_room_for_others(void)
{
    struct store first = store_of(64 * MIB, false), second = store_of(64 * MIB, false);
    fill(&first, 1000);
    empty(&first);
    CHECK(held_memory_taken() <= 9 * MIB); /* what it keeps as long as there is plenty */
    CHECK(fill(&second, 1000) >= 7 * 15);
    store_free(&first);
    store_free(&second);
    CHECK_EQUAL(held_memory_taken(), 0);
}

static void a_store_whose_size_was_named_has_it_all_the_same(void)
{
    struct store by_need = store_of(64 * MIB, false), named = store_of(32 * MIB, true);
    fill(&by_need, 1000);
    CHECK(fill(&named, 1000) > 500);
    CHECK_EQUAL(held_memory_taken(), 16 * MIB);
    store_free(&by_need);
    store_free(&named);
    CHECK_EQUAL(held_memory_taken(), 0);
}

static void what_does_not_fit_is_not_taken(void)
{
    CHECK(!held_memory_take(17 * MIB));
    CHECK_EQUAL(held_memory_taken(), 0);
    CHECK(held_memory_take(16 * MIB));
    CHECK(held_memory_is_scarce());
    held_memory_give(16 * MIB);
}

int main(void)
{
    setenv("CHAOS_HELD_MIB", "16", 1);
    RUN(one_store_leaves_nothing_to_another);
    RUN(what_is_sent_makes_room_for_others);
    RUN(a_store_whose_size_was_named_has_it_all_the_same);
    RUN(what_does_not_fit_is_not_taken);
    return check_summary();
}
