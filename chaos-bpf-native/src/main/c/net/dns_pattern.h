// SPDX-License-Identifier: Apache-2.0
/* Which names a DNS fault is about: patterns between what people write and what the BPF program compares. */
#ifndef DNS_PATTERN_H
#define DNS_PATTERN_H

#include "dns_name.h"

/*
 * Read "www.example.com", "*.example.com" (any name below it) or "chaos-mesh.*" (any name that begins so). In each a
 * `?` stands for any one octet. Any case, and a dot at the end of a whole name is accepted. Returns NULL, or why it is
 * none.
 */
const char *dns_pattern_read(const char *pattern, struct dns_pattern *out);

/* Whether it means one name only; that is its text then. */
bool dns_pattern_is_exact(const struct dns_pattern *pattern);

bool dns_pattern_means(const struct dns_pattern *pattern, const struct dns_name *name);

#endif
