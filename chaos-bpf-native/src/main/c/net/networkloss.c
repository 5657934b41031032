// SPDX-License-Identifier: Apache-2.0
/* kind=networkloss: a share of the packets that are meant vanishes on the device. */
#include "chance_options.h"
#include "packet_fault.h"

#include "networkloss.lskel.h"

static void configure(struct networkloss *skeleton, const void *own)
{
    skeleton->rodata->chance = *(const struct chance *)own;
}

PACKET_SKELETON(networkloss, loss)

static int loss_read(struct request *request, const struct packet_wanted *wanted, void *own, struct failure *f)
{
    return chance_bursts_parse(request, wanted->seed, own, f);
}

static void loss_stats(const void *skeleton, struct reply *reply)
{
    const struct networkloss *loss = skeleton;
    reply_number(reply, "drawn", loss->bss->egress_chance.drawn + loss->bss->ingress_chance.drawn);
}

static const struct packet_kind loss = {
    .name = "loss",
    .mechanism = "dropped in place",
    .own_size = sizeof(struct chance),
    .traces = true,
    .read = loss_read,
    .load = loss_load,
    .unload = loss_unload,
    .stats = loss_stats,
};

PACKET_FAULT(networkloss, loss)
