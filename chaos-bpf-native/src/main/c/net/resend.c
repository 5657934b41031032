// SPDX-License-Identifier: Apache-2.0
#include "resend.h"

#include <errno.h>
#include <linux/if_packet.h>
#include <linux/virtio_net.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "parcel.h"

#ifndef VIRTIO_NET_HDR_GSO_UDP_L4
#define VIRTIO_NET_HDR_GSO_UDP_L4 5
#endif

#define SEND_BUFFER (8 << 20)
#define SEND_TIMEOUT_US 20000 /* a device that takes nothing any more must not hold up the other direction for long */
#define TCP_CHECKSUM 16
#define TCP_HEADER_LENGTH 12
#define TCP_FLAGS 13
#define TCP_CWR 0x80
#define UDP_CHECKSUM 6
#define UDP_HEADER 8

static int configure(int fd, uint32_t mark)
{
    int one = 1, buffer = SEND_BUFFER;
    struct timeval timeout = {.tv_usec = SEND_TIMEOUT_US};
    return setsockopt(fd, SOL_SOCKET, SO_MARK, &mark, sizeof mark) ||
           setsockopt(fd, SOL_PACKET, PACKET_VNET_HDR, &one, sizeof one) ||
           setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof timeout) ||
           setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &buffer, sizeof buffer);
}

int resend_open_egress(int ifindex, uint32_t mark, struct failure *f)
{
    struct sockaddr_ll address = {.sll_family = AF_PACKET, .sll_ifindex = ifindex};
    int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0); /* protocol 0: this socket receives nothing */
    if (fd < 0)
        return fail_errno(f, UNSUPPORTED, "packet socket (needs CAP_NET_RAW)");
    if (!configure(fd, mark) && !bind(fd, (struct sockaddr *)&address, sizeof address))
        return fd;
    fail_errno(f, UNSUPPORTED, "packet socket with a virtio header and a mark on interface %d (needs CAP_NET_ADMIN)",
               ifindex);
    close(fd);
    return -1;
}

static void describe_segments(const struct delay_record *record, struct virtio_net_hdr *header)
{
    const unsigned char *l4 = record->frame + record->l4_offset;
    header->gso_size = record->gso_size;
    if (record->l4_protocol == IPPROTO_UDP) {
        header->gso_type = VIRTIO_NET_HDR_GSO_UDP_L4;
        header->hdr_len = record->l4_offset + UDP_HEADER;
        return;
    }
    header->gso_type = record->ipv6 ? VIRTIO_NET_HDR_GSO_TCPV6 : VIRTIO_NET_HDR_GSO_TCPV4;
    if (l4[TCP_FLAGS] & TCP_CWR)
        header->gso_type |= VIRTIO_NET_HDR_GSO_ECN; /* only the first segment may keep the flag */
    header->hdr_len = record->l4_offset + (l4[TCP_HEADER_LENGTH] >> 4) * 4;
}

void resend_describe(const struct delay_record *record, struct virtio_net_hdr *header)
{
    memset(header, 0, sizeof *header);
    if (!record->l4_offset || !(record->partial_checksum || record->gso_size))
        return;
    header->flags = VIRTIO_NET_HDR_F_NEEDS_CSUM;
    header->csum_start = record->l4_offset;
    header->csum_offset = record->l4_protocol == IPPROTO_TCP ? TCP_CHECKSUM : UDP_CHECKSUM;
    if (record->gso_size)
        describe_segments(record, header);
}

/* A TAP is no socket: a call a packet. */
static int write_each(int fd, const struct parcel *parcels, int count)
{
    int sent = 0;
    while (sent < count && writev(fd, parcels[sent].parts, parcels[sent].part_count) >= 0)
        sent++;
    return sent;
}

int resend_packets(int fd, const struct delay_record *const *records, int count, bool merged, int *err)
{
    struct parcel parcels[RESEND_BATCH];
    struct iovec parts[3 * RESEND_BATCH], *free_part = parts;
    struct mmsghdr messages[RESEND_BATCH];
    int n = 0, packets = 0;
    for (int i = 0; i < count; i += parcels[n++].packets) {
        parcel_pack(&parcels[n], records + i, merged ? count - i : 1, free_part);
        messages[n] = (struct mmsghdr){.msg_hdr = {.msg_iov = free_part, .msg_iovlen = (size_t)parcels[n].part_count}};
        free_part += parcels[n].part_count;
    }
    int sent = sendmmsg(fd, messages, (unsigned int)n, 0);
    if (sent < 0 && errno == ENOTSOCK)
        sent = write_each(fd, parcels, n);
    *err = errno;
    if (sent <= 0 && parcels[0].packets > 1) /* before Linux 6.2 none can be made */
        return resend_packets(fd, records, count, false, err);
    for (int i = 0; i < sent; i++)
        packets += parcels[i].packets;
    return packets;
}
