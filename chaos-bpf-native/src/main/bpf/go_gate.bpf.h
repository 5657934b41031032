// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * The goroutine at a probe: whether it can be faulted, and whether it is one of those that are meant.
 *
 * No function here has a frame of more than 48 bytes: from 64 bytes on, Linux 6.13 and later keep it in memory of the
 * CPU. There the next thread overwrites it when a program at a uprobe gives the CPU away, as one that holds a call
 * does.
 */
#ifndef GO_GATE_BPF_H
#define GO_GATE_BPF_H

#include "choice.h"
#include "go_context.bpf.h"
#include "go_site.h"

#define MAX_LABELS 8 /* of a goroutine that are looked at */

const volatile struct go_site site;        /* .rodata, set before loading */
const volatile struct chaos_choice choice; /* the same */
volatile __u64 taken;                      /* of the choice */
volatile __u64 unfit;                      /* calls in a state in which a fault would hang or end the program */
volatile __u64 labelled;                   /* calls by goroutines that have a label of the key, whatever its value */

static __always_inline __u64 go_word(__u64 address)
{
    __u64 value = 0;
    bpf_probe_read_user(&value, sizeof value, (void *)address);
    return value;
}

static __always_inline __u32 go_half(__u64 address)
{
    __u32 value = 0;
    bpf_probe_read_user(&value, sizeof value, (void *)address);
    return value;
}

static __always_inline __u8 go_byte(__u64 address)
{
    __u8 value = 0;
    bpf_probe_read_user(&value, sizeof value, (void *)address);
    return value;
}

/*
 * The goroutine that makes the call, or 0. Only while Go code runs on its own stack is the register that goroutine;
 * with a lock of the runtime, in the allocator, or where preemption is off or the stack may not grow, a panic would be
 * fatal.
 */
static __always_inline __u64 go_goroutine(__u64 g)
{
    __u64 m = g ? go_word(g + site.g_m) : 0;
    if (!m || go_word(m + site.m_curg) != g)
        return 0;
    if (go_byte(g + site.g_throwsplit) || go_half(m + site.m_locks) || go_half(m + site.m_mallocing) ||
        go_word(m + site.m_preemptoff + 8))
        return 0;
    return g;
}

/* A function of its own, as its caller's frame must stay small. */
static __noinline bool go_text_is(__u64 address, const volatile struct go_text *wanted)
{
    for (__u32 i = 0; i < GO_LABEL_SIZE / 8; i++) {
        __u32 at = i * 8, left = wanted->length - at;
        __u64 word = 0;
        if (at >= wanted->length)
            break;
        bpf_probe_read_user(&word, left < 8 ? left : 8, (void *)(address + at));
        if (word != wanted->word[i])
            return false;
    }
    return true;
}

/* g.labels points to a slice of labels {key, its length, value, its length}, sorted by key. */
static __noinline bool go_has_label(__u64 g)
{
    __u64 slice = go_word(g + site.g_labels), label = slice ? go_word(slice) : 0,
          count = slice ? go_word(slice + 8) : 0;
    for (__u64 i = 0; i < MAX_LABELS && i < count; i++, label += 4 * sizeof(__u64))
        if (go_word(label + 8) == site.key.length && go_text_is(go_word(label), &site.key)) {
            __sync_fetch_and_add(&labelled, 1);
            return go_word(label + 24) == site.value.length && go_text_is(go_word(label + 16), &site.value);
        }
    return false;
}

static __always_inline bool go_began_as_meant(__u64 g)
{
    if (!site.starts)
        return true;
    __u64 startpc = go_word(g + site.g_startpc);
    for (__u32 i = 0; i < GO_MAX_STARTS && i < site.starts; i++)
        if (startpc == site.startpc[i])
            return true;
    return false;
}

static __always_inline bool go_site_matches(__u64 g)
{
    if (!go_began_as_meant(g))
        return false;
    return !site.key.length || go_has_label(g);
}

/*
 * Whether this call is to be faulted now. Counts what was seen and what matched, and what went by clean after `off`.
 * *n tells the calls that matched apart. Whether the fault is on is asked before the goroutine is looked at, not after:
 * the verifier of Linux 6.1 loses it in the calls of functions there, and takes what follows for dead code.
 */
static __always_inline bool go_call_is_taken(__u64 register_g, __u64 now, __u64 *n)
{
    __u64 g = go_goroutine(register_g);
    if (!chaos_active(now)) {
        if (g && go_site_matches(g))
            chaos_note_clean(now);
        return false;
    }
    __sync_fetch_and_add(&control.seen, 1);
    if (!g)
        __sync_fetch_and_add(&unfit, 1);
    if (!g || !go_site_matches(g))
        return false;
    *n = __sync_fetch_and_add(&control.matched, 1);
    return choice_takes(&choice, *n, &taken);
}

/* Attached but never on, or lifted and seen to be clean: nothing to do. */
static __always_inline bool go_idle(void)
{
    return control.mode == CHAOS_PASS || (control.mode == CHAOS_LIFTED && control.first_clean_ns);
}

#endif
