// SPDX-License-Identifier: Apache-2.0
/* kind=networkpartition: all packets that are meant vanish, or are refused. */
#include <string.h>

#include "packet_fault.h"

#include "networkpartition.lskel.h"

static void configure(struct networkpartition *skeleton, const void *own)
{
    skeleton->rodata->refuses = *(const uint32_t *)own;
}

PACKET_SKELETON(networkpartition, partition)

static int partition_read(struct request *request, const struct packet_wanted *wanted, void *own, struct failure *f)
{
    (void)wanted;
    uint32_t *refuses = own;
    const char *action = request_require(request, "action", f);
    if (!action)
        return -1;
    *refuses = !strcmp(action, "refuse");
    if (*refuses || !strcmp(action, "drop"))
        return 0;
    return fail(f, BAD_REQUEST, 0, "action=%.40s: expected drop or refuse", action);
}

static void partition_stats(const void *skeleton, struct reply *reply)
{
    const struct networkpartition *partition = skeleton;
    reply_number(reply, "dropped", partition->bss->dropped);
    reply_number(reply, "resets", partition->bss->resets);
}

static const struct packet_kind partition = {
    .name = "partition",
    .mechanism = "cut in place",
    .own_size = sizeof(uint32_t),
    .read = partition_read,
    .load = partition_load,
    .unload = partition_unload,
    .stats = partition_stats,
};

PACKET_FAULT(networkpartition, partition)
