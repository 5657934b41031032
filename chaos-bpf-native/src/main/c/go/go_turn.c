// SPDX-License-Identifier: Apache-2.0
#include "go_turn.h"

#include <errno.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/user.h>

#include "bpf_call.h"
#include "chaos.h"
#include "clock.h"
#include "go_holds.h"

#if defined(__x86_64__)

/*
 * A sleeper wakes so often to look whether the fault is still on: as long as a lease, so that it may outlast the helper
 * by no more than what spins. Shorter waits are yields, as timers are not exact.
 */
#define LONGEST_SLEEP_NS ((int64_t)CHAOS_LEASE_NS)
#define SHORTEST_SLEEP_NS 1000000

/* Whoever only gives way stays stopped for so long at a time; others wait for a processor by as much. */
#define REST_NS 200000

/* So much of its stack runtime.asyncPreempt may use: what every function without a stack check may. */
#define PREEMPT_STACK 800

typedef struct user_regs_struct registers;

static uint64_t goroutine(const registers *r)
{
    return r->r14;
}

static bool push(pid_t thread, registers *r, uint64_t word)
{
    r->rsp -= sizeof word;
    return !ptrace(PTRACE_POKEDATA, thread, r->rsp, word);
}

/* Of several faults at one place, the longest. 0: its time is over; -1: it is not held. */
static int64_t time_left(const registers *r, const struct go_turn_site *sites, int count)
{
    int64_t longest = -1;
    uint64_t g = goroutine(r), now = clock_now_ns();
    struct go_held hold;
    for (int i = 0; i < count; i++) {
        if (map_lookup(sites[i].holds, &g, &hold))
            continue;
        int64_t left = hold.until > now ? (int64_t)(hold.until - now) : 0;
        longest = left > longest ? left : longest;
    }
    return longest;
}

/* Of other faults at this place, whose holds are over or which did not want this call: they have seen it. */
static void tell_others(const registers *r, const struct go_turn_site *sites, int count)
{
    uint64_t g = goroutine(r);
    const struct go_held seen = {.others = true};
    for (int i = 0; count > 1 && i < count; i++)
        if (sites[i].pushed == r->rip && !map_insert(sites[i].holds, &g, &seen))
            __atomic_fetch_add(sites[i].held, 1, __ATOMIC_RELAXED);
}

static bool can_be_preempted(pid_t thread, const registers *r)
{
    errno = 0;
    uint64_t lowest = (uint64_t)ptrace(PTRACE_PEEKDATA, thread, goroutine(r), 0); /* g.stack.lo */
    return !errno && r->rsp > lowest && r->rsp - lowest >= PREEMPT_STACK;
}

/* At the probed instruction, whose push is undone: the goroutine comes back to it. */
static bool leave_entry(pid_t thread, registers *r, const struct go_turn_site *site, int64_t left)
{
    r->rsp += sizeof(uint64_t);
    if (site->growth && left >= SHORTEST_SLEEP_NS) {
        r->rip = site->growth;
        return true;
    }
    r->rip = site->preempt;
    return can_be_preempted(thread, r) && push(thread, r, site->probe);
}

/* runtime.morestack_noctxt has just been called: as if it were runtime.Gosched, and that called time.Sleep. */
static bool sleep_instead(pid_t thread, registers *r, const struct go_turn_site *site, int64_t left)
{
    if (!push(thread, r, r->rbp))
        return false;
    r->rbp = r->rsp;
    r->rsp -= site->gosched_frame;
    r->rax = (uint64_t)(left < LONGEST_SLEEP_NS ? left : LONGEST_SLEEP_NS);
    r->rip = site->sleep;
    return push(thread, r, site->gosched);
}

/* A call that cannot be held goes on at once. */
static void let_go(const registers *r, const struct go_turn_site *sites, int count)
{
    uint64_t g = goroutine(r);
    for (int i = 0; i < count; i++) {
        if (map_delete(sites[i].holds, &g))
            continue;
        __atomic_fetch_sub(sites[i].held, 1, __ATOMIC_RELAXED);
        __atomic_fetch_add(sites[i].unfit, 1, __ATOMIC_RELAXED);
    }
}

uint64_t go_turn(pid_t thread, const struct go_turn_site *sites, int count)
{
    registers r;
    struct iovec all = {&r, sizeof r};
    if (ptrace(PTRACE_GETREGSET, thread, 1 /* NT_PRSTATUS */, &all))
        return 0;
    const struct go_turn_site *site = sites, *end = sites + count;
    while (site < end && r.rip != site->pushed && !(site->growth && r.rip == site->grown))
        site++;
    int64_t left = site < end ? time_left(&r, sites, count) : -1;
    if (left < 0)
        return 0;
    tell_others(&r, sites, count);
    registers changed = r;
    bool can =
        r.rip == site->pushed ? leave_entry(thread, &changed, site, left) : sleep_instead(thread, &changed, site, left);
    all.iov_base = &changed;
    if (!can || ptrace(PTRACE_SETREGSET, thread, 1, &all)) {
        let_go(&r, sites, count);
        return 0;
    }
    return changed.rip != site->preempt ? 0 : left < REST_NS ? (uint64_t)left : REST_NS;
}

#else

uint64_t go_turn(pid_t thread, const struct go_turn_site *sites, int count)
{
    (void)thread;
    (void)sites;
    (void)count;
    return 0;
}

#endif
