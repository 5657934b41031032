// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Checksums of IP, TCP and UDP, and who has to fill them in. */
#ifndef CHECKSUM_BPF_H
#define CHECKSUM_BPF_H

#include <linux/bpf.h>
#include <stdbool.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

/* Only what is read of the kernel's own structure. */
struct sk_buff___checksum {
    __u8 ip_summed : 2;
} __attribute__((preserve_access_index));
#define CHECKSUM_PARTIAL 3

/* Whether the checksum field of TCP or UDP holds the sum of the pseudo header alone: the device adds the rest. */
static __always_inline bool checksum_is_partial(struct __sk_buff *skb)
{
    struct sk_buff___checksum *kernel = (void *)skb; /* the context of a tc program is the kernel's own structure */
    return BPF_CORE_READ_BITFIELD_PROBED(kernel, ip_summed) == CHECKSUM_PARTIAL;
}

/* A sum of bpf_csum_diff() as a header has it. */
static __always_inline __u16 checksum_fold(__s64 sum)
{
    sum = (sum & 0xffff) + ((__u32)sum >> 16);
    sum = (sum & 0xffff) + (sum >> 16);
    return ~sum;
}

#endif
