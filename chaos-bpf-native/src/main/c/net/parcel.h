// SPDX-License-Identifier: Apache-2.0
/*
 * What one call hands to the kernel: a packet, or datagrams of one flow that follow each other, as the one super-packet
 * that they would be had they come off a network (GRO), which the kernel cuts up again. Their way through the stack is
 * what sending costs, and that way they go it together.
 */
#ifndef PARCEL_H
#define PARCEL_H

#include <linux/virtio_net.h>
#include <sys/uio.h>

#include "delay.h"

#define PARCEL_DATAGRAMS 64 /* of a super-packet, as older kernels allow */
#define PARCEL_HEADERS 64   /* bytes: Ethernet, IPv4 or IPv6 without options, UDP */

struct parcel {
    struct virtio_net_hdr header;
    unsigned char merged[PARCEL_HEADERS];
    struct iovec *parts;
    int part_count;
    int packets; /* of the records */
};

/* Of the first of `count` records, and of those behind it that can go with it. `parts` has room for count + 2. */
void parcel_pack(struct parcel *parcel, const struct delay_record *const *records, int count, struct iovec *parts);

#endif
