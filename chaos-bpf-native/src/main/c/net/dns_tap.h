// SPDX-License-Identifier: Apache-2.0
/* Listening in on the DNS answers that reach a device. */
#ifndef DNS_TAP_H
#define DNS_TAP_H

#include "dns_message.h"
#include "failure.h"

/* On a device of the calling thread's namespace; from then on answers over UDP are kept, as many as 4 MiB hold. */
int dns_tap_open(int ifindex, struct failure *f);

/* The next that was kept; false when there is none. */
bool dns_tap_next(int tap, struct dns_message *answer);

/* The DNS message in an IP packet from port 53, and its size; NULL when there is none. */
const uint8_t *dns_in_packet(const uint8_t *packet, size_t size, size_t *message_size);

#endif
