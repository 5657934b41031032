// SPDX-License-Identifier: Apache-2.0
/* kind=connectionreset mechanism=packet: the next packet of a connection becomes its reset, at both ends. */
#include <netinet/in.h>

#include "choice_options.h"
#include "connectionreset.h"
#include "packet_fault.h"

#include "connectionreset.lskel.h"

static void configure(struct connectionreset *skeleton, const void *own)
{
    skeleton->rodata->choice = *(const struct chaos_choice *)own;
}

PACKET_SKELETON(connectionreset, reset)

static int reset_read(struct request *request, const struct packet_wanted *wanted, void *own, struct failure *f)
{
    struct chaos_choice *choice = own;
    if (wanted->packets.filter.protocol != IPPROTO_TCP)
        return fail(f, BAD_REQUEST, 0, "kind=connectionreset needs protocol=tcp: nothing else has connections");
    if (choice_options_parse(request, choice, f))
        return -1;
    choice->seed = wanted->seed;
    return 0;
}

static void reset_stats(const void *skeleton, struct reply *reply)
{
    const struct connectionreset *reset = skeleton;
    reply_number(reply, "drawn", reset->bss->drawn);
    reply_number(reply, "unmade", reset->bss->unmade);
}

static const struct packet_kind reset = {
    .name = "reset",
    .mechanism = "reset in place of a packet",
    .own_size = sizeof(struct chaos_choice),
    .traces = true,
    .read = reset_read,
    .load = reset_load,
    .unload = reset_unload,
    .stats = reset_stats,
};

static void *reset_prepare(struct request *request, const struct target *target, struct failure *f)
{
    return packet_fault_prepare(&reset, request, target, f);
}

static void reset_probe(struct reply *reply)
{
    packet_fault_probe(&reset, reply);
}

const struct fault_kind connectionreset_packet = {
    .name = "connectionreset",
    .mechanism = "packet",
    .prepare = reset_prepare,
    .attach = packet_fault_attach,
    .stats = packet_fault_stats,
    .detach = packet_fault_detach,
    .probe = reset_probe,
};
