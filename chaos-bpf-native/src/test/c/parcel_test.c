// SPDX-License-Identifier: Apache-2.0
/* Which datagrams go as one super-packet, and that it says what they said. */
#include "parcel.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>

#include "check.h"

#define MOST 70

static struct delay_record *records[MOST];
static struct iovec parts[MOST + 2];
static struct parcel parcel;

static void put16(unsigned char *at, int value)
{
    at[0] = (unsigned char)(value >> 8);
    at[1] = (unsigned char)value;
}

/* A datagram whose checksum is open, as a pod's are: it begins with the sum of the pseudo header. */
static struct delay_record *datagram(bool ipv6, int payload)
{
    int ip = ipv6 ? 40 : 20, l4 = 14 + ip, length = l4 + 8 + payload;
    struct delay_record *r = calloc(1, sizeof *r + (size_t)length);
    *r = (struct delay_record){.length = (uint32_t)length,
                               .l4_offset = (uint16_t)l4,
                               .l4_protocol = IPPROTO_UDP,
                               .ipv6 = ipv6,
                               .partial_checksum = 1};
    unsigned char *h = r->frame + 14;
    h[0] = ipv6 ? 0x60 : 0x45;
    put16(h + (ipv6 ? 4 : 2), ipv6 ? 8 + payload : ip + 8 + payload);
    h[ipv6 ? 8 : 12] = 198;
    h[ipv6 ? 6 : 9] = IPPROTO_UDP;
    put16(r->frame + l4 + 2, 7001);
    put16(r->frame + l4 + 4, 8 + payload);
    put16(r->frame + l4 + 6, 198 * 256 + IPPROTO_UDP + 8 + payload);
    memset(r->frame + l4 + 8, payload, (size_t)payload);
    return r;
}

static void pack(int count)
{
    parcel_pack(&parcel, (const struct delay_record *const *)records, count, parts);
}

static void forget(int count)
{
    for (int i = 0; i < count; i++)
        free(records[i]);
}

static int get16(const void *at)
{
    const unsigned char *bytes = at;
    return bytes[0] << 8 | bytes[1];
}

static void merges(bool ipv6)
{
    int ip = ipv6 ? 40 : 20;
    for (int i = 0; i < 4; i++)
        records[i] = datagram(ipv6, i < 3 ? 100 : 40);
    records[4] = datagram(ipv6, 100);
    pack(5);
    CHECK_EQUAL(parcel.packets, 4); /* a smaller one is the last */
    CHECK_EQUAL(parcel.part_count, 6);
    CHECK_EQUAL(parcel.header.gso_type, 5);
    CHECK_EQUAL(parcel.header.gso_size, 100);
    CHECK_EQUAL(parcel.header.csum_start, 14 + ip);
    CHECK_EQUAL(parts[1].iov_len, 14 + ip + 8);
    CHECK_EQUAL(parts[5].iov_len, 40);
    CHECK(parts[3].iov_base == records[1]->frame + 14 + ip + 8);
    const unsigned char *head = parts[1].iov_base;
    CHECK_EQUAL(get16(head + 14 + (ipv6 ? 4 : 2)), (ipv6 ? 0 : 20) + 8 + 340);
    CHECK_EQUAL(get16(head + 14 + ip + 4), 8 + 340);
    CHECK_EQUAL(get16(head + 14 + ip + 6), 198 * 256 + IPPROTO_UDP + 8 + 340);
    int sum = 0;
    for (int i = 0; i < 20; i += 2)
        sum += get16(head + 14 + i);
    CHECK(ipv6 || (sum & 0xffff) + (sum >> 16) == 0xffff); /* a checksum of IPv4 that is right */
    forget(5);
}

static void datagrams_of_one_flow_go_together(void)
{
    merges(false);
    merges(true);
}

static void no_more_go_than_the_kernel_takes(void)
{
    for (int i = 0; i < MOST; i++)
        records[i] = datagram(false, 10);
    pack(MOST);
    CHECK_EQUAL(parcel.packets, PARCEL_DATAGRAMS);
    forget(MOST);
    for (int i = 0; i < MOST; i++)
        records[i] = datagram(false, 1400);
    pack(MOST);
    CHECK_EQUAL(parcel.packets, 60000 / 1400);
    forget(MOST);
}

/* The second of two is changed a little. */
static void goes_alone(int at, unsigned char value)
{
    records[0] = datagram(false, 100);
    records[1] = datagram(false, 100);
    records[1]->frame[at] = value;
    pack(2);
    CHECK_EQUAL(parcel.packets, 1);
    forget(2);
}

static void what_differs_goes_alone(void)
{
    goes_alone(0, 1);         /* another receiver on the link */
    goes_alone(14 + 1, 4);    /* another class of service */
    goes_alone(14 + 6, 0x20); /* a fragment */
    goes_alone(14 + 8, 7);    /* another time to live */
    goes_alone(14 + 19, 9);   /* another destination */
    goes_alone(34 + 3, 1);    /* another port */
    goes_alone(34 + 5, 1);    /* a length that is not its own */
}

static void what_is_no_plain_datagram_goes_alone(void)
{
    for (int what = 0; what < 4; what++) {
        records[0] = datagram(false, 100);
        records[1] = datagram(false, 100);
        records[1]->partial_checksum = what != 0;
        records[1]->l4_protocol = what == 1 ? IPPROTO_TCP : IPPROTO_UDP;
        records[1]->gso_size = what == 2 ? 50 : 0;
        records[1]->l4_offset = what == 3 ? 38 : 34;
        pack(2);
        CHECK_EQUAL(parcel.packets, 1);
        CHECK_EQUAL(parcel.part_count, 2);
        CHECK(parts[1].iov_base == records[0]->frame && parts[1].iov_len == records[0]->length);
        forget(2);
    }
}

int main(void)
{
    RUN(datagrams_of_one_flow_go_together);
    RUN(no_more_go_than_the_kernel_takes);
    RUN(what_differs_goes_alone);
    RUN(what_is_no_plain_datagram_goes_alone);
    return check_summary();
}
