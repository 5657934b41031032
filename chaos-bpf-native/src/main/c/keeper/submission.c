// SPDX-License-Identifier: Apache-2.0
#include "submission.h"

#include <unistd.h>

#include "cancel.h"
#include "entry.h"
#include "own_ring.h"
#include "taken.h"
#include "thread_fd.h"

#define IN_CHAIN (IOSQE_IO_LINK | IOSQE_IO_HARDLINK | IOSQE_IO_DRAIN)

struct submission {
    const struct listener *listener;
    const struct seccomp_notif *call;
    struct foreign_ring ring;
    struct asker asker;
    struct origin *origin; /* NULL: nothing was ever taken from this ring */
    uint64_t now_ns;
    bool chained; /* the entry at hand: it has a place in an order that only the kernel keeps */
};

/* What a fault that takes an entry wants of it. */
struct wish {
    struct keeper_fault *fault; /* NULL: no fault takes it */
    bool drop;
    int error;
    uint64_t delay_ns;
};

static bool can_fail(const struct submission *submission)
{
    return entry_can_fail() || (own_ring_is_open() && !submission->chained);
}

/* Of faults on the same operation the first that takes it. */
static struct wish ask_faults(const struct submission *submission, const struct io_uring_sqe *entry)
{
    struct wish wish = {0};
    uint64_t n;
    for (int i = 0; i < keeper_faults_used; i++) {
        struct keeper_fault *fault = &keeper_faults[i];
        if (!fault_concerns(fault, submission->listener) || fault->shared->options.operation != URING_OPCODE)
            continue;
        const struct uring_options *options = &fault->shared->options;
        fault->shared->control.seen += fault_is_active(fault, submission->now_ns);
        if (wish.fault || entry->opcode != options->opcode)
            continue;
        if (options->action == URING_ERROR && !can_fail(submission))
            fault->shared->skipped++;
        else if (fault_takes(fault, submission->now_ns, &n))
            wish = (struct wish){fault, options->action == URING_DROP, options->error, fault_latency_ns(fault, n)};
    }
    return wish;
}

static bool take(struct submission *submission, const struct io_uring_sqe *entry, const struct wish *wish)
{
    const struct lateness lateness = {wish->delay_ns, wish->error, wish->fault};
    if (submission->chained || !own_ring_is_open())
        return false;
    if (!submission->origin) {
        submission->origin = origin_of(submission->listener, submission->call, &submission->ring, true);
        if (submission->origin)
            origin_use(submission->origin);
    }
    return submission->origin &&
           taken_add(submission->origin, entry, &submission->asker, &lateness, submission->now_ns);
}

static void hold(const struct wish *wish, struct call_outcome *outcome)
{
    wish->fault->shared->held++;
    if (wish->delay_ns <= outcome->delay_ns)
        return;
    outcome->delay_ns = wish->delay_ns;
    outcome->held_by = wish->fault;
}

/* entry: in the ring; copy: what it said when it was looked at. */
static void grant(struct submission *submission, struct io_uring_sqe *entry, const struct io_uring_sqe *copy,
                  const struct wish *wish, struct call_outcome *outcome)
{
    if (wish->drop) {
        entry_remove(entry);
    } else if (wish->error && !wish->delay_ns && entry_can_fail()) {
        entry_fail(entry, wish->error);
    } else if (take(submission, copy, wish)) {
        entry_remove(entry);
        wish->fault->shared->taken++;
    } else if (wish->error && !entry_can_fail()) {
        wish->fault->shared->skipped++;
    } else {
        if (wish->error)
            entry_fail(entry, wish->error);
        hold(wish, outcome);
    }
}

static void fault_entry(struct submission *submission, struct io_uring_sqe *entry, struct call_outcome *outcome)
{
    const struct io_uring_sqe copy = *(volatile struct io_uring_sqe *)entry;
    submission->chained |= (copy.flags & IN_CHAIN) != 0;
    struct wish wish = ask_faults(submission, &copy);
    if (submission->origin && cancel_answers(submission->origin, &copy))
        entry_remove(entry);
    else if (wish.fault)
        grant(submission, entry, &copy, &wish, outcome);
    submission->chained = copy.flags & (IOSQE_IO_LINK | IOSQE_IO_HARDLINK);
}

static void fault_entries(struct submission *submission, struct call_outcome *outcome)
{
    uint32_t n = (uint32_t)submission->call->data.args[1];
    if (n > submission->ring.waiting)
        n = submission->ring.waiting;
    submission->origin = origin_of(submission->listener, submission->call, &submission->ring, false);
    if (submission->origin)
        origin_use(submission->origin); /* while it is looked at */
    for (uint32_t i = 0; i < n && i < submission->ring.entries; i++)
        fault_entry(submission, foreign_ring_next(&submission->ring, i), outcome);
    if (submission->origin)
        origin_leave(submission->origin);
}

static bool concerns(const struct listener *listener)
{
    for (int i = 0; i < keeper_faults_used; i++)
        if (fault_concerns(&keeper_faults[i], listener) && keeper_faults[i].shared->options.operation == URING_OPCODE)
            return true;
    return taken_any(listener);
}

static void skip(const struct submission *submission)
{
    for (int i = 0; i < keeper_faults_used; i++)
        if (fault_concerns(&keeper_faults[i], submission->listener) &&
            keeper_faults[i].shared->options.operation == URING_OPCODE)
            keeper_faults[i].shared->skipped += (uint32_t)submission->call->data.args[1];
}

void submission_fault(const struct listener *listener, const struct seccomp_notif *call, uint64_t now_ns,
                      struct call_outcome *outcome)
{
    if (!concerns(listener))
        return;
    struct submission submission = {.listener = listener, .call = call, .now_ns = now_ns};
    pid_t thread = (pid_t)call->pid;
    int pidfd = call->data.args[3] & IORING_ENTER_REGISTERED_RING ? -1 : thread_fd(thread);
    submission.asker = (struct asker){thread, pidfd};
    if (foreign_ring_open(&submission.ring, pidfd, (int)call->data.args[0], listener->ring_flags)) {
        skip(&submission);
    } else {
        if (listener_waits(listener, call))
            fault_entries(&submission, outcome);
        foreign_ring_close(&submission.ring);
    }
    if (pidfd >= 0)
        close(pidfd);
}
