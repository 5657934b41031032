// SPDX-License-Identifier: Apache-2.0
#include "parcel.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <string.h>

#include "resend.h"

#define ETHERNET 14
#define IPV4 20
#define IPV6 40
#define UDP 8
#define LARGEST 60000 /* bytes of a super-packet */

/* In the IP header. */
#define V4_LENGTH 2
#define V4_ID 4
#define V4_FRAGMENT 6
#define V4_CHECKSUM 10
#define V6_LENGTH 4

static uint16_t get16(const unsigned char *at)
{
    return (uint16_t)(at[0] << 8 | at[1]);
}

static void put16(unsigned char *at, uint32_t value)
{
    at[0] = (unsigned char)(value >> 8);
    at[1] = (unsigned char)value;
}

static uint32_t headers_of(const struct delay_record *r)
{
    return r->l4_offset + UDP;
}

static uint32_t payload_of(const struct delay_record *r)
{
    return r->length - headers_of(r);
}

/* A datagram whose checksum the kernel has yet to fill in, whole, and with nothing between or behind what it is made
 * of: what was damaged on purpose stays as it is. */
static bool is_plain_datagram(const struct delay_record *r)
{
    uint32_t ip = r->ipv6 ? IPV6 : IPV4;
    if (r->l4_protocol != IPPROTO_UDP || !r->partial_checksum || r->gso_size || r->l4_offset != ETHERNET + ip ||
        r->length <= headers_of(r))
        return false;
    const unsigned char *header = r->frame + ETHERNET;
    bool whole = r->ipv6 || !(get16(header + V4_FRAGMENT) & 0x3fff);
    uint32_t told = r->ipv6 ? IPV6 + get16(header + V6_LENGTH) : get16(header + V4_LENGTH);
    return whole && told == r->length - ETHERNET && get16(r->frame + r->l4_offset + 4) == r->length - r->l4_offset;
}

/* The same headers, but for lengths, checksums and IPv4's number of a packet. */
static bool is_same_flow(const struct delay_record *a, const struct delay_record *b)
{
    unsigned char x[PARCEL_HEADERS], y[PARCEL_HEADERS];
    if (a->ipv6 != b->ipv6)
        return false;
    memcpy(x, a->frame, headers_of(a));
    memcpy(y, b->frame, headers_of(a));
    for (int i = 0; i < 2; i++) {
        unsigned char *header = i ? y : x;
        if (a->ipv6) {
            put16(header + ETHERNET + V6_LENGTH, 0);
        } else {
            put16(header + ETHERNET + V4_LENGTH, 0);
            put16(header + ETHERNET + V4_ID, 0);
            put16(header + ETHERNET + V4_CHECKSUM, 0);
        }
        memset(header + a->l4_offset + 4, 0, 4);
    }
    return !memcmp(x, y, headers_of(a));
}

/* All as large as the first, but for the last one, which may be smaller. */
static int count_mergeable(const struct delay_record *const *records, int count)
{
    const struct delay_record *first = records[0];
    uint32_t size = payload_of(first), all = size;
    int n = 1;
    if (count < 2 || !is_plain_datagram(first))
        return 1;
    while (n < count && n < PARCEL_DATAGRAMS && payload_of(records[n - 1]) == size && is_plain_datagram(records[n]) &&
           payload_of(records[n]) <= size && all + payload_of(records[n]) <= LARGEST && is_same_flow(first, records[n]))
        all += payload_of(records[n++]);
    return n;
}

/* In one's complement, as checksums of the internet are. */
static uint32_t fold(uint32_t sum)
{
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    return sum;
}

static void put_checksum(unsigned char *ipv4)
{
    uint32_t sum = 0;
    put16(ipv4 + V4_CHECKSUM, 0);
    for (int i = 0; i < IPV4; i += 2)
        sum += get16(ipv4 + i);
    put16(ipv4 + V4_CHECKSUM, ~fold(sum));
}

/* The sum of the pseudo header, which an open checksum begins with, has the length in it. */
static void put_headers(struct parcel *parcel, const struct delay_record *first, uint32_t payload)
{
    unsigned char *ip = parcel->merged + ETHERNET, *udp = parcel->merged + first->l4_offset;
    memcpy(parcel->merged, first->frame, headers_of(first));
    put16(udp + 6, fold(get16(udp + 6) + payload - payload_of(first)));
    put16(udp + 4, UDP + payload);
    if (first->ipv6) {
        put16(ip + V6_LENGTH, UDP + payload);
        return;
    }
    put16(ip + V4_LENGTH, IPV4 + UDP + payload);
    put_checksum(ip);
}

static void add_part(struct parcel *parcel, const void *bytes, size_t size)
{
    parcel->parts[parcel->part_count++] = (struct iovec){.iov_base = (void *)bytes, .iov_len = size};
}

static void merge(struct parcel *parcel, const struct delay_record *const *records)
{
    const struct delay_record *first = records[0];
    struct delay_record form = *first;
    uint32_t payload = 0;
    form.gso_size = (uint16_t)payload_of(first);
    resend_describe(&form, &parcel->header);
    add_part(parcel, parcel->merged, headers_of(first));
    for (int i = 0; i < parcel->packets; i++) {
        add_part(parcel, records[i]->frame + headers_of(first), payload_of(records[i]));
        payload += payload_of(records[i]);
    }
    put_headers(parcel, first, payload);
}

void parcel_pack(struct parcel *parcel, const struct delay_record *const *records, int count, struct iovec *parts)
{
    parcel->parts = parts;
    parcel->part_count = 0;
    parcel->packets = count_mergeable(records, count);
    add_part(parcel, &parcel->header, sizeof parcel->header);
    if (parcel->packets > 1) {
        merge(parcel, records);
        return;
    }
    resend_describe(records[0], &parcel->header);
    add_part(parcel, records[0]->frame, records[0]->length);
}
