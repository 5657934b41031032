// SPDX-License-Identifier: Apache-2.0
#include "taken.h"

#include <errno.h>
#include <stdlib.h>

#include "clock.h"
#include "hist.h"
#include "message.h"
#include "own_ring.h"

#define AGAIN_NS 5000000ull          /* a ring that has no room is told again so much later */
#define SAY_WITHIN_NS 60000000000ull /* and given up after that */

static struct taken all[MAX_TAKEN];
static int top; /* slots in use are below */

int taken_slots(void)
{
    return top;
}

struct taken *taken_at(int n)
{
    return &all[n];
}

static uint64_t tag_of(const struct taken *taken)
{
    return (uint64_t)taken->round << 32 | (uint64_t)(taken - all + 1);
}

static struct taken *of_tag(uint64_t tag)
{
    uint32_t slot = (uint32_t)tag;
    return slot > 0 && slot <= MAX_TAKEN && all[slot - 1].round == tag >> 32 ? &all[slot - 1] : NULL;
}

static struct taken *occupy(struct origin *origin)
{
    int i = 0;
    while (i < MAX_TAKEN && all[i].stage != FREE)
        i++;
    if (i == MAX_TAKEN)
        return NULL;
    top = i >= top ? i + 1 : top;
    all[i] = (struct taken){.stage = RESTS, .round = all[i].round + 1, .origin = origin, .operation.file = -1};
    origin_use(origin);
    return &all[i];
}

static void vacate(struct taken *taken)
{
    operation_close(&taken->operation);
    origin_leave(taken->origin);
    taken->stage = FREE;
    taken->round++; /* what our ring still says of it is of nobody */
    while (top > 0 && all[top - 1].stage == FREE)
        top--;
}

bool taken_any(const struct listener *listener)
{
    for (int i = 0; i < top; i++)
        if (all[i].stage != FREE && all[i].origin->listener == listener)
            return true;
    return false;
}

static bool has_room(const struct listener *listener, uint32_t size)
{
    uint32_t n = 0, bytes = size;
    for (int i = 0; i < top; i++)
        if (all[i].stage != FREE && all[i].origin->listener == listener) {
            n++;
            bytes += all[i].operation.size;
        }
    return n < MAX_TAKEN_OF_ONE && bytes <= MAX_TAKEN_BYTES_OF_ONE;
}

static void say(struct taken *taken)
{
    uint64_t now = clock_now_ns();
    taken->stage = SAYS;
    if (!taken->say_until_ns)
        taken->say_until_ns = now + SAY_WITHIN_NS;
    taken->under_way =
        message_send(taken->origin->ring, taken->operation.entry.user_data, taken->result, tag_of(taken));
    taken->due_ns = now + AGAIN_NS;
}

static void finish(struct taken *taken, int result)
{
    taken->result = result;
    say(taken);
}

static void note_time(struct taken *taken, uint64_t now_ns)
{
    if (!taken->fault)
        return;
    struct uring_shared *shared = taken->fault->shared;
    if (now_ns < taken->due_ns) {
        shared->cut++;
    } else {
        hist_record(&shared->delay_hist, (now_ns - taken->ready_ns) / 1000);
        hist_record(&shared->error_hist, (now_ns - taken->due_ns) / 1000);
    }
    taken->fault = NULL;
}

static void begin(struct taken *taken, uint64_t now_ns)
{
    note_time(taken, now_ns);
    if (taken->fails || taken->operation.entry.opcode == IORING_OP_TIMEOUT) {
        finish(taken, taken->fails ? taken->result : -ETIME);
        return;
    }
    int rc =
        origin_lives(taken->origin) ? operation_begin(&taken->operation, taken->origin->pid, tag_of(taken)) : -EFAULT;
    taken->stage = RUNS;
    taken->under_way = rc == 0;
    if (rc == -EAGAIN) /* our ring has no room now */
        taken->stage = RESTS, taken->due_ns = now_ns + AGAIN_NS;
    else if (rc)
        finish(taken, rc);
}

static void rest(struct taken *taken, uint64_t ready_ns)
{
    taken->stage = RESTS;
    taken->under_way = false;
    taken->ready_ns = ready_ns;
    taken->due_ns = ready_ns + (taken->fault ? taken->delay_ns : 0);
}

static void start(struct taken *taken, uint64_t now_ns)
{
    if (!taken->fails && taken->operation.entry.opcode == IORING_OP_TIMEOUT) {
        rest(taken, taken->operation.expires_ns);
        return;
    }
    rest(taken, now_ns);
    if (taken->fails || !taken->operation.waits || operation_await(&taken->operation, tag_of(taken)))
        return;
    taken->stage = AWAITS;
    taken->under_way = true;
}

bool taken_add(struct origin *origin, const struct io_uring_sqe *entry, const struct asker *asker,
               const struct lateness *lateness, uint64_t now_ns)
{
    struct operation operation = {.entry = *entry, .file = -1};
    if (!lateness->error && (!operation_can_be_taken(entry) || !operation_open(&operation, entry, asker)))
        return false;
    struct taken *taken = has_room(origin->listener, operation.size) ? occupy(origin) : NULL;
    if (!taken) {
        operation_close(&operation);
        return false;
    }
    taken->operation = operation;
    taken->fault = lateness->fault;
    taken->delay_ns = lateness->delay_ns;
    taken->fails = lateness->error;
    taken->result = -lateness->error;
    start(taken, now_ns);
    return true;
}

bool taken_say(struct origin *origin, uint64_t user_data, int result)
{
    struct taken *taken = occupy(origin);
    if (!taken)
        return false;
    taken->operation.entry.user_data = user_data;
    finish(taken, result);
    return true;
}

/* What is being done may be too late to stop: it says itself what has become of it. */
int taken_cancel(struct taken *taken)
{
    if (taken->stage != AWAITS && taken->stage != RESTS && taken->stage != RUNS)
        return -ENOENT;
    if (taken->under_way)
        message_cancel(tag_of(taken));
    if (taken->stage == RUNS)
        return -EALREADY;
    taken->round++;
    finish(taken, -ECANCELED);
    return 0;
}

/* What our ring still works with stays until it has done so. */
static void forget(struct taken *taken)
{
    taken->unwanted = true;
    taken->fault = NULL;
    if (taken->under_way && taken->stage != SAYS)
        message_cancel(tag_of(taken));
    if (!taken->under_way)
        vacate(taken);
}

static void step(struct taken *taken, uint64_t now_ns)
{
    if (taken->stage == RESTS)
        begin(taken, now_ns);
    else if (now_ns < taken->say_until_ns)
        say(taken);
    else
        vacate(taken);
}

static bool may_step(const struct taken *taken)
{
    return taken->stage == RESTS || (taken->stage == SAYS && !taken->under_way);
}

static void lift_delay(struct taken *taken)
{
    bool timeout = !taken->fails && taken->operation.entry.opcode == IORING_OP_TIMEOUT;
    uint64_t now = clock_now_ns();
    if (taken->stage == RESTS && taken->due_ns > now && taken->fault->shared)
        taken->fault->shared->cut++;
    if (taken->stage == RESTS)
        taken->due_ns = timeout ? taken->operation.expires_ns : now;
    taken->fault = NULL;
}

uint64_t taken_expire(uint64_t now_ns)
{
    uint64_t next = 0;
    for (int i = 0; i < top; i++) {
        struct taken *taken = &all[i];
        if (taken->stage == FREE)
            continue;
        if (taken->fault && fault_is_over(taken->fault, now_ns))
            lift_delay(taken);
        if (may_step(taken) && taken->due_ns <= now_ns)
            step(taken, now_ns);
        if (may_step(taken) && (!next || taken->due_ns < next))
            next = taken->due_ns;
    }
    own_ring_flush();
    return next;
}

static void complete(struct taken *taken, int result, uint64_t now_ns)
{
    taken->under_way = false;
    if (taken->unwanted || (taken->stage == SAYS && result >= 0)) {
        vacate(taken);
    } else if (taken->stage == AWAITS) {
        rest(taken, now_ns);
    } else if (taken->stage == RUNS) {
        bool lives = origin_lives(taken->origin);
        finish(taken, lives ? operation_end(&taken->operation, taken->origin->pid, result) : result);
    } /* else the message is sent again when it is due */
}

void taken_reap(void)
{
    struct io_uring_cqe completion;
    uint64_t now = clock_now_ns();
    while (own_ring_next(&completion)) {
        struct taken *taken = of_tag(completion.user_data);
        if (taken)
            complete(taken, completion.res, now);
    }
}

void taken_release(const struct keeper_fault *fault)
{
    for (int i = 0; i < top; i++)
        if (all[i].stage != FREE && all[i].fault == fault)
            lift_delay(&all[i]);
}

void taken_forget(const struct listener *listener)
{
    for (int i = 0; i < top; i++)
        if (all[i].stage != FREE && !all[i].unwanted && all[i].origin->listener == listener)
            forget(&all[i]);
}

void taken_forget_closed_rings(void)
{
    for (int n = 0; n < MAX_ORIGINS; n++) {
        struct origin *origin = origin_at(n);
        if (!origin || !origin_is_closed(origin))
            continue;
        for (int i = 0; i < top; i++)
            if (all[i].stage != FREE && !all[i].unwanted && all[i].origin == origin)
                forget(&all[i]);
    }
}
