// SPDX-License-Identifier: Apache-2.0
/* The TCP sockets of a network namespace, by sock_diag: which there are, and closing them. */
#ifndef TCP_SOCKETS_H
#define TCP_SOCKETS_H

#include <stdint.h>

#include <linux/inet_diag.h>

#include "failure.h"

/* Addresses in network byte order, IPv4 as ::ffff:a.b.c.d; ports in the machine's. */
struct tcp_socket {
    uint32_t local[4], remote[4];
    uint16_t local_port, remote_port;
    uint8_t state;  /* TCP_ESTABLISHED, … */
    uint8_t family; /* as the kernel knows it by, with id */
    struct inet_diag_sockid id;
};

typedef void tcp_socket_function(void *arg, const struct tcp_socket *socket);

/* For the namespace of the calling thread; works from any thread afterwards. -1 with `unsupported` or `denied`. */
int tcp_sockets_open(struct failure *f);

/* Show those that are in one of these states (1 << TCP_ESTABLISHED, …). */
int tcp_sockets_each(int diag, uint32_t states, tcp_socket_function *show, void *arg, struct failure *f);

/*
 * Close a socket at once, as SOCK_DESTROY does: its owner finds ECONNABORTED, the other end gets an RST. 0, also where
 * it is gone already, or -errno.
 */
int tcp_socket_destroy(int diag, const struct tcp_socket *socket);

/* Whether this kernel can, tried on a socket of our own in the namespace of the calling thread. */
int tcp_sockets_try_destroy(struct failure *f);

#endif
