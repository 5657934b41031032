// SPDX-License-Identifier: Apache-2.0
/* DNS queries as Ethernet frames, and what must hold of any answer to one. */
#ifndef DNS_PACKET_H
#define DNS_PACKET_H

#include <arpa/inet.h>
#include <stdbool.h>
#include <string.h>

#include "check.h"

enum { IPV6 = 1, EDNS = 2 };
enum { QTYPE_A = 1, QTYPE_TXT = 16, QTYPE_AAAA = 28 };

#define ETHERNET 14
#define COOKIE_OPTION "\0\x0a\0\x08secretly"

struct packet {
    uint8_t bytes[1600];
    size_t size;
    size_t udp; /* where its header is; the DNS message follows 8 bytes later */
};

static inline uint16_t get16(const uint8_t *at)
{
    return (uint16_t)(at[0] << 8 | at[1]);
}

static inline void put16(uint8_t *at, unsigned value)
{
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
}

static inline void append(struct packet *packet, const void *bytes, size_t size)
{
    memcpy(packet->bytes + packet->size, bytes, size);
    packet->size += size;
}

static inline void append16(struct packet *packet, unsigned value)
{
    uint8_t bytes[2];
    put16(bytes, value);
    append(packet, bytes, 2);
}

/* "www.example.com" as labels with their lengths; octets are not checked. */
static inline void append_name(struct packet *packet, const char *name)
{
    while (*name) {
        uint8_t length = (uint8_t)strcspn(name, ".");
        append(packet, &length, 1);
        append(packet, name, length);
        name += length + (name[length] == '.');
    }
    append(packet, "", 1);
}

/* Make the lengths of the headers agree with the size of the packet. */
static inline void set_lengths(struct packet *packet)
{
    put16(packet->bytes + packet->udp + 4, (unsigned)(packet->size - packet->udp));
    if (packet->udp == ETHERNET + 20)
        put16(packet->bytes + ETHERNET + 2, (unsigned)(packet->size - ETHERNET));
    else
        put16(packet->bytes + ETHERNET + 4, (unsigned)(packet->size - packet->udp));
}

/* 198.18.0.2:40000 or fd00::2 asks 198.18.0.1 or fd00::1; id 0xbeef, recursion desired. */
static inline struct packet query(const char *name, uint16_t qtype, int options)
{
    struct packet packet = {.size = 0};
    append(&packet, "\x02\x01\x01\x01\x01\x01\x02\x02\x02\x02\x02\x02", 12);
    if (options & IPV6) {
        append(&packet, "\x86\xdd\x60\0\0\0\0\0\x11\x40", 10);
        append(&packet, "\xfd\0\0\0\0\0\0\0\0\0\0\0\0\0\0\2\xfd\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1", 32);
    } else {
        append(&packet, "\x08\0\x45\0\0\0\x12\x34\x40\0\x40\x11\0\0", 14);
        append(&packet, "\xc6\x12\0\2\xc6\x12\0\1", 8);
    }
    packet.udp = packet.size;
    append(&packet, "\x9c\x40\0\x35\0\0\x55\x55", 8);
    append(&packet, "\xbe\xef\x01\0\0\1\0\0\0\0\0", 11);
    append(&packet, options & EDNS ? "\1" : "\0", 1);
    append_name(&packet, name);
    append16(&packet, qtype);
    append16(&packet, 1);
    if (options & EDNS) {
        append(&packet, "\0\0\x29\x10\0\0\0\0\0\0\x0c", 11);
        append(&packet, COOKIE_OPTION, 12);
    }
    set_lengths(&packet);
    return packet;
}

static inline uint32_t sum16(const uint8_t *at, size_t size, uint32_t sum)
{
    for (size_t i = 0; i + 1 < size; i += 2)
        sum += get16(at + i);
    if (size % 2)
        sum += (uint32_t)at[size - 1] << 8;
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    return sum;
}

/* The checksum over pseudo header and datagram, of an answer that must have one. */
static inline bool udp_checksum_holds(const struct packet *packet)
{
    bool ipv6 = packet->udp == ETHERNET + 40;
    size_t size = packet->size - packet->udp;
    const uint8_t *addresses = packet->bytes + ETHERNET + (ipv6 ? 8 : 12);
    uint32_t pseudo = sum16(addresses, ipv6 ? 32 : 8, (uint32_t)size + 17);
    return get16(packet->bytes + packet->udp + 6) != 0 && sum16(packet->bytes + packet->udp, size, pseudo) == 0xffff;
}

/* Headers of an answer: lengths, checksums, and everything turned round. */
static inline void check_headers(const struct packet *in, const struct packet *out)
{
    const uint8_t *asked = in->bytes, *answer = out->bytes;
    size_t udp = in->udp;
    bool ipv6 = udp == ETHERNET + 40;
    size_t source = ETHERNET + (ipv6 ? 8 : 12), width = ipv6 ? 16 : 4;
    CHECK(!memcmp(answer, asked + 6, 6) && !memcmp(answer + 6, asked, 6) && !memcmp(answer + 12, asked + 12, 2));
    CHECK(!memcmp(answer + source, asked + source + width, width));
    CHECK(!memcmp(answer + source + width, asked + source, width));
    CHECK_EQUAL(get16(answer + udp), 53);
    CHECK_EQUAL(get16(answer + udp + 2), get16(asked + udp));
    CHECK_EQUAL(get16(answer + udp + 4), out->size - udp);
    CHECK_EQUAL(get16(answer + ETHERNET + (ipv6 ? 4 : 2)), out->size - (ipv6 ? udp : ETHERNET));
    CHECK(ipv6 || sum16(answer + ETHERNET, 20, 0) == 0xffff);
    CHECK(udp_checksum_holds(out));
}

#endif
