// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Shared by connectionreset.bpf.c and the C side: the connections that were met. */
#ifndef CONNECTIONRESET_H
#define CONNECTIONRESET_H

#include <linux/types.h>

#define RESET_MAX_CONNECTIONS 8192 /* known at a time; the one that was used longest ago is forgotten for a new one */

enum reset_state {
    RESET_BEGINS, /* its handshake is under way */
    RESET_DUE,    /* its next packet decides */
    RESET_SPARED,
    RESET_CHOSEN,
    RESET_DONE, /* once at least */
};

/* Seen from the pod; addresses as in struct packet, ports in the machine's byte order. */
struct reset_connection {
    __u32 peer[4];
    __u16 peer_port, local_port;
};

#endif
