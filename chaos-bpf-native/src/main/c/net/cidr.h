// SPDX-License-Identifier: Apache-2.0
/* The texts of a filter: `10.1.0.0/16`, `fd00::/8`, `192.0.2.1`, `8080`, `30000-32767`. */
#ifndef CIDR_H
#define CIDR_H

#include <stdbool.h>
#include <stdint.h>

#include "filter.h"

#define CIDR_TEXT_SIZE 64

/* An address with or without a prefix length; bits beyond the prefix are ignored. */
bool parse_cidr(const char *text, struct filter_cidr *out);

/* One port or LO-HI, 1..65535, LO <= HI. */
bool parse_port_range(const char *text, uint16_t *lo, uint16_t *hi);

/* "192.0.2.1:53/udp", "[fd00::1]:443/tcp", "192.0.2.1/icmp" (no ports), "192.0.2.1/47". */
void format_endpoint(const struct filter_endpoint *endpoint, char *text, int size);

#endif
