// SPDX-License-Identifier: Apache-2.0
/* The way out of a process's network. */
#ifndef GATEWAY_H
#define GATEWAY_H

#include <stdint.h>
#include <sys/types.h>

/*
 * The addresses of the default routes of a process's network namespace, IPv4 as ::ffff:a.b.c.d in network byte order;
 * at most max. Returns how many: none where there is no such route, or no /proc to read it from.
 */
int gateways_of(pid_t pid, uint32_t addresses[][4], int max);

#endif
