// SPDX-License-Identifier: Apache-2.0
/*
 * Sending captured packets on. Both ways take a virtio header in front of the frame, which carries what a plain frame
 * cannot: that a checksum is still to be filled in, and how a super-packet is to be cut up.
 */
#ifndef RESEND_H
#define RESEND_H

#include <stdbool.h>
#include <stdint.h>

#include "delay.h"
#include "failure.h"

/* Out through a device: a packet socket whose packets carry a mark. Call in the namespace of the device. */
int resend_open_egress(int ifindex, uint32_t mark, struct failure *f);

/* Into a device's receive path: a TAP that is gone when the descriptor is closed. *ifindex is the TAP's own. */
int resend_open_ingress(int *ifindex, struct failure *f);

#define RESEND_BATCH 64

/* Send `count`, at most RESEND_BATCH, in order; how many were sent. 0: the first one cannot be, because of *err.
 * merged: as few super-packets as they can be (parcel.h), which is quicker; each arrives as it is all the same. */
int resend_packets(int fd, const struct delay_record *const *records, int count, bool merged, int *err);

struct virtio_net_hdr;
void resend_describe(const struct delay_record *record, struct virtio_net_hdr *header);

#endif
