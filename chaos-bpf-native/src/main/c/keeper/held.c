// SPDX-License-Identifier: Apache-2.0
#include "held.h"

#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>

#include "clock.h"
#include "hist.h"

static struct held {
    const struct listener *listener; /* NULL: this slot is free */
    const struct keeper_fault *fault;
    struct seccomp_notif call;
    uint64_t since_ns, until_ns;
    int error;
} held[MAX_HELD];

static int count;

bool call_answer(const struct listener *listener, uint64_t id, int error)
{
    struct seccomp_notif_resp answer = {
        .id = id, .error = -error, .flags = error ? 0 : SECCOMP_USER_NOTIF_FLAG_CONTINUE};
    int rc;
    do
        rc = ioctl(listener->fd, SECCOMP_IOCTL_NOTIF_SEND, &answer);
    while (rc && errno == EINTR);
    return !rc;
}

bool held_add(const struct listener *listener, const struct seccomp_notif *call, const struct call_outcome *outcome,
              uint64_t now_ns)
{
    for (int i = 0; i < MAX_HELD && count < MAX_HELD; i++)
        if (!held[i].listener) {
            held[i] = (struct held){.listener = listener,
                                    .fault = outcome->held_by,
                                    .call = *call,
                                    .since_ns = now_ns,
                                    .until_ns = now_ns + outcome->delay_ns,
                                    .error = outcome->error};
            count++;
            return true;
        }
    return false;
}

/* A thread makes one call at a time, so the earlier one, if it is the same, cannot wait any more. */
bool held_again(const struct listener *listener, const struct seccomp_notif *call)
{
    for (int i = 0; i < MAX_HELD && count > 0; i++)
        if (held[i].listener == listener && held[i].call.pid == call->pid && held[i].call.data.nr == call->data.nr &&
            !memcmp(held[i].call.data.args, call->data.args, sizeof call->data.args)) {
            held[i].call.id = call->id;
            return true;
        }
    return false;
}

static void let_go(struct held *one, uint64_t now_ns)
{
    struct uring_shared *shared = one->fault->shared;
    bool waited = call_answer(one->listener, one->call.id, one->error);
    if (now_ns < one->until_ns) {
        shared->cut++;
    } else if (waited) {
        hist_record(&shared->delay_hist, (now_ns - one->since_ns) / 1000);
        hist_record(&shared->error_hist, (now_ns - one->until_ns) / 1000);
    }
    one->listener = NULL;
    count--;
}

uint64_t held_expire(uint64_t now_ns)
{
    uint64_t next = 0;
    for (int i = 0; i < MAX_HELD && count > 0; i++) {
        if (!held[i].listener)
            continue;
        if (held[i].until_ns <= now_ns || !fault_is_active(held[i].fault, now_ns))
            let_go(&held[i], now_ns);
        else if (!next || held[i].until_ns < next)
            next = held[i].until_ns;
    }
    return next;
}

void held_release(const struct keeper_fault *fault)
{
    for (int i = 0; i < MAX_HELD && count > 0; i++)
        if (held[i].listener && held[i].fault == fault)
            let_go(&held[i], clock_now_ns());
}

void held_forget(const struct listener *listener)
{
    for (int i = 0; i < MAX_HELD && count > 0; i++)
        if (held[i].listener == listener) {
            held[i].listener = NULL;
            count--;
        }
}
