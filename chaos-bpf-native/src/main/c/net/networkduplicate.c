// SPDX-License-Identifier: Apache-2.0
/* kind=networkduplicate: a share of the packets that are meant goes on twice. */
#include "chance_options.h"
#include "packet_fault.h"

#include "networkduplicate.lskel.h"

#define COPY_MARK 0xC4B00000u /* of the fault that is attached first; each has its own */

static __u32 next_mark(void)
{
    static __u32 attached; /* under the lock of requests */
    return COPY_MARK + (attached++ & 0xfffff);
}

static void configure(struct networkduplicate *skeleton, const void *own)
{
    skeleton->rodata->chance = *(const struct chance *)own;
    skeleton->rodata->copy_mark = next_mark();
}

PACKET_SKELETON(networkduplicate, duplicate)

static int duplicate_read(struct request *request, const struct packet_wanted *wanted, void *own, struct failure *f)
{
    return chance_options_parse(request, wanted->seed, own, f);
}

static void duplicate_stats(const void *skeleton, struct reply *reply)
{
    const struct networkduplicate *duplicate = skeleton;
    reply_number(reply, "drawn", duplicate->bss->egress_chance.drawn + duplicate->bss->ingress_chance.drawn);
}

static const struct packet_kind duplicate = {
    .name = "duplicate",
    .mechanism = "cloned in place",
    .own_size = sizeof(struct chance),
    .read = duplicate_read,
    .load = duplicate_load,
    .unload = duplicate_unload,
    .stats = duplicate_stats,
};

PACKET_FAULT(networkduplicate, duplicate)
