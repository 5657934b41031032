// SPDX-License-Identifier: Apache-2.0
#include "shaper.h"

#include <netinet/in.h>

#define ETHERNET_HEADER 14
#define UDP_HEADER 8
#define TCP_HEADER_LENGTH 12

uint32_t shaper_wire_bytes(const struct delay_record *record)
{
    uint32_t bytes = record->length - ETHERNET_HEADER;
    if (!record->gso_size || !record->l4_offset)
        return bytes;
    uint32_t l4 = record->l4_protocol == IPPROTO_UDP
                      ? UDP_HEADER
                      : (uint32_t)(record->frame[record->l4_offset + TCP_HEADER_LENGTH] >> 4) * 4;
    uint32_t headers = record->l4_offset - ETHERNET_HEADER + l4, payload = bytes - headers;
    uint32_t parts = (payload + record->gso_size - 1) / record->gso_size;
    return bytes + (parts > 1 ? parts - 1 : 0) * headers;
}

static uint64_t time_of(const struct shaper *shaper, uint64_t bytes)
{
    return (uint64_t)((unsigned __int128)bytes * 8000000000u / shaper->bits_per_second);
}

/* A packet that is larger than the bucket goes once that is full, and leaves a debt: the rate is kept all the same. */
uint64_t shaper_departure_ns(struct shaper *shaper, const struct delay_record *record, uint64_t wanted_ns)
{
    if (!shaper->bits_per_second)
        return wanted_ns;
    uint64_t bytes = shaper_wire_bytes(record), full = time_of(shaper, shaper->buffer);
    if (shaper->empty_ns + full < wanted_ns)
        shaper->empty_ns = wanted_ns - full;
    uint64_t enough = shaper->empty_ns + time_of(shaper, bytes < shaper->buffer ? bytes : shaper->buffer);
    shaper->empty_ns += time_of(shaper, bytes);
    return enough > wanted_ns ? enough : wanted_ns;
}
