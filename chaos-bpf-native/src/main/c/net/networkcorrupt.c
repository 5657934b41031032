// SPDX-License-Identifier: Apache-2.0
/* kind=networkcorrupt: a share of the packets that are meant is damaged. */
#include <string.h>

#include "chance_options.h"
#include "packet_fault.h"

#include "networkcorrupt.lskel.h"

struct corrupt_options {
    struct chance chance;
    bool delivered;
};

static void configure(struct networkcorrupt *skeleton, const void *own)
{
    const struct corrupt_options *options = own;
    skeleton->rodata->chance = options->chance;
    skeleton->rodata->delivered = options->delivered;
}

PACKET_SKELETON(networkcorrupt, corrupt)

static int corrupt_read(struct request *request, const struct packet_wanted *wanted, void *own, struct failure *f)
{
    struct corrupt_options *options = own;
    const char *action = request_require(request, "action", f);
    if (!action)
        return -1;
    options->delivered = !strcmp(action, "delivered");
    if (!options->delivered && strcmp(action, "detected"))
        return fail(f, BAD_REQUEST, 0, "action=%.40s: expected detected or delivered", action);
    return chance_options_parse(request, wanted->seed, &options->chance, f);
}

static void corrupt_stats(const void *skeleton, struct reply *reply)
{
    const struct networkcorrupt *corrupt = skeleton;
    reply_number(reply, "drawn", corrupt->bss->egress_chance.drawn + corrupt->bss->ingress_chance.drawn);
    reply_number(reply, "without_payload", corrupt->bss->without_payload);
    reply_number(reply, "failed", corrupt->bss->failed);
}

static const struct packet_kind corrupt = {
    .name = "corrupt",
    .mechanism = "changed in place",
    .own_size = sizeof(struct corrupt_options),
    .read = corrupt_read,
    .load = corrupt_load,
    .unload = corrupt_unload,
    .stats = corrupt_stats,
};

PACKET_FAULT(networkcorrupt, corrupt)
