// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* What the DNS program shares with the C side: its options, its patterns, the key of a name seen. */
#ifndef DNS_H
#define DNS_H

#include <linux/types.h>
#include <stdbool.h>

#include "choice.h"

#define DNS_PATTERNS_MAX 64
#define DNS_QTYPES_MAX 16
#define DNS_SEEN_MAX 32
#define DNS_NAME_SIZE 256 /* of a name's text, which needs 253 */
#define DNS_NAME_WORDS (DNS_NAME_SIZE / 8)

#define DNS_TYPE_A 1
#define DNS_TYPE_AAAA 28
#define DNS_TYPE_OPT 41

#define DNS_HELD_SIZE (1 << 20) /* of the ring that holds queries: 3,400 of them */

#define DNS_TRUNCATED 0x0200 /* of the flags */

enum dns_action {
    DNS_EMPTY,  /* an answer without records, with the flags given */
    DNS_SPOOF,  /* the addresses given; no record where the family has none */
    DNS_RANDOM, /* another address each time: 198.19.0.0/16 or 2001:db8::/32 */
    DNS_DROP,   /* no answer */
    DNS_DELAY,  /* the server's own answer, to a query that is sent later */
};

/* What becomes of a query over TCP. */
enum dns_stream {
    DNS_STREAM_PASS,
    DNS_STREAM_DROP,
    DNS_STREAM_RESET,
    DNS_STREAM_DELAY,
};

/* Fixed when the program is loaded. */
struct dns_options {
    __u32 action;
    __u32 stream;
    __u32 flags;       /* of the answer: the response code, and whether it is cut off */
    __u32 ttl;         /* seconds */
    __u32 qtype_count; /* 0 = any */
    __u16 qtypes[DNS_QTYPES_MAX];
    __u32 has_v4;
    __u32 has_v6;
    __be32 v4;
    __be32 v6[4];
    __u64 seed;
    struct chaos_choice choice; /* of the queries that match */
    __u32 pattern_count;
};

/* Compared by whole words, so what follows a text is zero. */
union dns_text {
    __u8 octet[DNS_NAME_SIZE];
    __u64 word[DNS_NAME_WORDS];
};

/* In lower case and backwards: "moc.elpmaxe.www". */
struct dns_name {
    union dns_text text;
    __u64 length;
};

/*
 * What a name has to begin with, octet by octet; a mask of zero takes any (`?`). Most are compared with the name
 * backwards, where "*.example.com" is what begins with "moc.elpmaxe."; "chaos-mesh.*" with the name forwards.
 */
struct dns_pattern {
    union dns_text text, mask;
    __u32 length;
    __u8 open; /* the name may go on after this */
    __u8 forwards;
    __u8 reserved[2];
};

/* Without a branch: the same for the verifier whatever the pattern. */
static inline __attribute__((always_inline)) bool dns_pattern_fits(const struct dns_pattern *pattern,
                                                                   const union dns_text *name, __u64 length)
{
    __u64 different = 0;
    for (int i = 0; i < DNS_NAME_WORDS; i++)
        different |= (name->word[i] ^ pattern->text.word[i]) & pattern->mask.word[i];
    return !different && (pattern->open ? length >= pattern->length : length == pattern->length);
}

struct dns_seen {
    __u16 qtype;
    __u8 name[DNS_NAME_SIZE]; /* backwards, as in dns_name */
};

#endif
