// SPDX-License-Identifier: Apache-2.0
/* TCP segments as Ethernet frames, and what must hold of a reset made of one. */
#ifndef SEGMENT_H
#define SEGMENT_H

#include <stdbool.h>

#include "check.h"
#include "dns_packet.h"
#include "frame.h"

enum { SEGMENT_FIN = 1, SEGMENT_SYN = 2, SEGMENT_RST = 4, SEGMENT_ACK = 16 };

/* Where the TCP header is. */
static inline size_t segment_at(const struct frame *f)
{
    return f->bytes[12] == 0x86 ? ETH_HLEN + 40 : ETH_HLEN + 20;
}

static inline uint32_t segment_number(const struct frame *f, size_t offset)
{
    uint32_t number;
    memcpy(&number, f->bytes + segment_at(f) + offset, sizeof number);
    return ntohl(number);
}

static inline uint32_t segment_seq(const struct frame *f)
{
    return segment_number(f, 4);
}

static inline uint32_t segment_ack(const struct frame *f)
{
    return segment_number(f, 8);
}

static inline uint8_t segment_flags(const struct frame *f)
{
    return f->bytes[segment_at(f) + 13];
}

/* Sequence number 0xffffff00, near its end; the acknowledgement is of 2000, where there is one. */
static inline void segment_add_tcp(struct frame *f, uint8_t flags, size_t payload)
{
    uint8_t *tcp = f->bytes + f->length;
    frame_add_ports(f, 5000, 80, payload);
    memcpy(tcp + 4, "\xff\xff\xff\x00", 4);
    if (flags & SEGMENT_ACK)
        put16(tcp + 10, 2000);
    tcp[12] = 5 << 4;
    tcp[13] = flags;
}

static inline struct frame segment4(uint8_t flags, size_t payload)
{
    struct frame f = frame_ethernet(ETH_P_IP);
    memcpy(f.bytes, "\2\1\1\1\1\1\2\2\2\2\2\2", 12);
    frame_add_ipv4(&f, "198.18.0.1", "198.18.0.2", IPPROTO_TCP, 0, 0);
    segment_add_tcp(&f, flags, payload);
    put16(f.bytes + ETH_HLEN + 2, (unsigned)(f.length - ETH_HLEN));
    return f;
}

static inline struct frame segment6(uint8_t flags, size_t payload)
{
    struct frame f = frame_ethernet(ETH_P_IPV6);
    memcpy(f.bytes, "\2\1\1\1\1\1\2\2\2\2\2\2", 12);
    frame_add_ipv6(&f, "fd00::1", "fd00::2", IPPROTO_TCP);
    segment_add_tcp(&f, flags, payload);
    put16(f.bytes + ETH_HLEN + 4, (unsigned)(f.length - segment_at(&f)));
    return f;
}

/* Addresses and ports of a reset that was made of a segment, its size and its checksums. */
static inline void check_segment(const struct frame *of, const struct frame *f, bool turned)
{
    size_t tcp = segment_at(of), width = tcp == ETH_HLEN + 40 ? 16 : 4, from = tcp - 2 * width;
    size_t to = from + width;
    CHECK_EQUAL(f->length, tcp + 20);
    CHECK(!memcmp(f->bytes, of->bytes + (turned ? 6 : 0), 6) && !memcmp(f->bytes + 6, of->bytes + (turned ? 0 : 6), 6));
    CHECK(!memcmp(f->bytes + 12, of->bytes + 12, 2));
    CHECK(!memcmp(f->bytes + from, of->bytes + (turned ? to : from), width));
    CHECK(!memcmp(f->bytes + to, of->bytes + (turned ? from : to), width));
    CHECK_EQUAL(get16(f->bytes + tcp), turned ? 80 : 5000);
    CHECK_EQUAL(get16(f->bytes + tcp + 2), turned ? 5000 : 80);
    CHECK_EQUAL(get16(f->bytes + (width == 16 ? ETH_HLEN + 4 : ETH_HLEN + 2)), width == 16 ? 20 : 40);
    CHECK(width == 16 || sum16(f->bytes + ETH_HLEN, 20, 0) == 0xffff);
    CHECK_EQUAL(sum16(f->bytes + tcp, 20, sum16(f->bytes + from, 2 * width, 20 + IPPROTO_TCP)), 0xffff);
}

#endif
