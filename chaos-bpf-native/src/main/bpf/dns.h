// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* What the DNS program shares with the C side: its options, the key of a pattern, the key of a name seen. */
#ifndef DNS_H
#define DNS_H

#include <linux/types.h>

#define DNS_PATTERNS_MAX 64
#define DNS_QTYPES_MAX 16
#define DNS_SEEN_MAX 32
#define DNS_KEY_SIZE 256 /* the most that a BPF LPM trie takes; a name needs 254 */

#define DNS_TYPE_A 1
#define DNS_TYPE_AAAA 28
#define DNS_TYPE_OPT 41

enum dns_action {
    DNS_RCODE,  /* an answer without records and with this response code */
    DNS_SPOOF,  /* the addresses given; no record where the family has none */
    DNS_RANDOM, /* another address each time: 198.19.0.0/16 or 2001:db8::/32 */
    DNS_DROP,   /* no answer */
};

/* Fixed when the program is loaded. */
struct dns_options {
    __u32 action;
    __u32 rcode;
    __u32 ttl;         /* seconds */
    __u32 qtype_count; /* 0 = any */
    __u16 qtypes[DNS_QTYPES_MAX];
    __u32 has_v4;
    __u32 has_v6;
    __be32 v4;
    __be32 v6[4];
    __u64 seed;
};

/*
 * Names are kept backwards, in lower case: "moc.elpmaxe.www". A prefix of that is a suffix of the name, so one look-up
 * of the longest prefix serves exact names (the pattern ends in NUL, as every name looked up does) and wildcards (it
 * ends in '.') at once.
 */
struct dns_key {
    __u32 bits;
    __u8 name[DNS_KEY_SIZE];
};

struct dns_seen {
    __u16 qtype;
    __u8 name[DNS_KEY_SIZE]; /* backwards, as in dns_key */
};

#endif
