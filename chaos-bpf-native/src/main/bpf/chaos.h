// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* What every BPF program of the helper shares with the C side: the switch, the lease, the counters, the mark. */
#ifndef CHAOS_H
#define CHAOS_H

#include <linux/types.h>

/* Carried by packets that the helper itself sends: no program touches them a second time. */
#define CHAOS_MARK 0xC4A05

/* Carried by queries that a DNS fault held: no DNS program touches them again, and all others do as if they came now.
 */
#define CHAOS_MARK_QUERY 0xC4A06

/* A program passes everything once its lease is older than now: a stopped or leaked helper cannot keep a fault. */
#define CHAOS_LEASE_NS 50000000ULL

/* FUTEX_OWNER_DIED of linux/futex.h: sooner than any lease runs out. */
#define CHAOS_OWNER_DIED 0x40000000

enum chaos_mode {
    CHAOS_PASS,   /* attached, never switched on: touch nothing, count nothing */
    CHAOS_ON,     /* the fault acts */
    CHAOS_LIFTED, /* switched off again: touch nothing, but note when the first matching packet went by */
};

/*
 * Lives in .bss, so that the C side reads and writes it through plain memory: `on` and `off` are one store to mode.
 * Counters are cumulative since attach.
 */
struct chaos_control {
    __u32 mode;
    __u32 owner; /* the thread that renews the lease; the kernel sets CHAOS_OWNER_DIED when that is killed */
    __u64 lease_until_ns;
    __u64 seen;    /* packets looked at while on (dns: queries) */
    __u64 matched; /* of these, passed the filter */
    __u64 hit;     /* of these, really faulted */
    __u64 bytes;   /* of the hits */
    __u64 expired; /* not looked at, because the lease had run out */
    __u64 on_ns;   /* these four belong to the latest on and off (CLOCK_MONOTONIC, 0 = not yet) */
    __u64 first_hit_ns;
    __u64 off_ns;
    __u64 first_clean_ns;
    __u64 next_owned; /* of the owner's list of these, an address in its memory; no program reads it */
};

#endif
