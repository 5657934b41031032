// SPDX-License-Identifier: Apache-2.0
/* What the kernel is told about a packet that is sent again. */
#include "resend.h"

#include <linux/virtio_net.h>
#include <netinet/in.h>
#include <stdlib.h>

#include "check.h"

static struct virtio_net_hdr header;

/* A record of 14 + 20 (40) bytes of headers and a TCP header of 32 bytes. */
static void describe(const struct delay_record *form, unsigned char tcp_flags)
{
    struct delay_record *record = calloc(1, sizeof *record + 200);
    *record = *form;
    record->frame[form->l4_offset + 12] = 8 << 4;
    record->frame[form->l4_offset + 13] = tcp_flags;
    resend_describe(record, &header);
    free(record);
}

static void a_finished_packet_needs_nothing(void)
{
    describe(&(struct delay_record){.l4_offset = 34, .l4_protocol = IPPROTO_TCP}, 0);
    CHECK_EQUAL(header.flags, 0);
    CHECK_EQUAL(header.gso_type, VIRTIO_NET_HDR_GSO_NONE);
}

static void an_open_checksum_is_pointed_out(void)
{
    describe(&(struct delay_record){.l4_offset = 34, .l4_protocol = IPPROTO_UDP, .partial_checksum = 1}, 0);
    CHECK_EQUAL(header.flags, VIRTIO_NET_HDR_F_NEEDS_CSUM);
    CHECK_EQUAL(header.csum_start, 34);
    CHECK_EQUAL(header.csum_offset, 6);
    CHECK_EQUAL(header.gso_type, VIRTIO_NET_HDR_GSO_NONE);
    describe(&(struct delay_record){.l4_offset = 54, .l4_protocol = IPPROTO_TCP, .partial_checksum = 1}, 0);
    CHECK_EQUAL(header.csum_start, 54);
    CHECK_EQUAL(header.csum_offset, 16);
}

static void tcp_super_packets_are_cut_by_their_family(void)
{
    struct delay_record v4 = {.l4_offset = 34, .l4_protocol = IPPROTO_TCP, .partial_checksum = 1, .gso_size = 1448};
    describe(&v4, 0);
    CHECK_EQUAL(header.gso_type, VIRTIO_NET_HDR_GSO_TCPV4);
    CHECK_EQUAL(header.gso_size, 1448);
    CHECK_EQUAL(header.hdr_len, 34 + 32);
    describe(&v4, 0x80);
    CHECK_EQUAL(header.gso_type, VIRTIO_NET_HDR_GSO_TCPV4 | VIRTIO_NET_HDR_GSO_ECN);

    struct delay_record v6 = v4;
    v6.l4_offset = 54;
    v6.ipv6 = 1;
    describe(&v6, 0);
    CHECK_EQUAL(header.gso_type, VIRTIO_NET_HDR_GSO_TCPV6);
    CHECK_EQUAL(header.hdr_len, 54 + 32);
}

static void udp_super_packets_are_cut_as_such(void)
{
    describe(&(struct delay_record){.l4_offset = 34, .l4_protocol = IPPROTO_UDP, .gso_size = 1200}, 0x80);
    CHECK_EQUAL(header.gso_type, 5);
    CHECK_EQUAL(header.hdr_len, 34 + 8);
    CHECK_EQUAL(header.flags, VIRTIO_NET_HDR_F_NEEDS_CSUM);
}

static void another_protocol_goes_as_it_is(void)
{
    describe(&(struct delay_record){.l4_protocol = IPPROTO_ICMP, .partial_checksum = 1}, 0);
    CHECK_EQUAL(header.flags, 0);
}

int main(void)
{
    RUN(a_finished_packet_needs_nothing);
    RUN(an_open_checksum_is_pointed_out);
    RUN(tcp_super_packets_are_cut_by_their_family);
    RUN(udp_super_packets_are_cut_as_such);
    RUN(another_protocol_goes_as_it_is);
    return check_summary();
}
