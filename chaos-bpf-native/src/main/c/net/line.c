// SPDX-License-Identifier: Apache-2.0
#include "line.h"

#include <poll.h>
#include <stdbool.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"
#include "control.h"
#include "errno_names.h"
#include "resend.h"
#include "thread.h"

#define PRIORITY 50
#define MAX_SPIN_NS 60000 /* of the wait before a packet is due: a wake-up takes tens of microseconds */
#define MIN_SPIN_NS 5000
#define SPIN_STEP_NS 200
#define SPIN_IN_TIME 4           /* wake-ups in time for one that is not */
#define LONG_WAIT_NS 600000      /* that much spinning is little beside it */
#define BUSY_NAP_NS 20000        /* while a program is still writing the next record */
#define BURST_BYTES (256 << 10)  /* of one direction before the other has its turn */
#define DRAIN_LIMIT_NS 100000000 /* a sender faster than we are must not keep the fault on */
#define DRAIN_TIMEOUT_MS 10000

static enum line_state state_of(const struct line *line)
{
    return __atomic_load_n(&line->state, __ATOMIC_ACQUIRE);
}

static void set_state(struct line *line, enum line_state state)
{
    __atomic_store_n(&line->state, state, __ATOMIC_RELEASE);
}

static void add(uint64_t *counter, uint64_t n)
{
    __atomic_fetch_add(counter, n, __ATOMIC_RELAXED);
}

/* Packets of one direction, taken from its queue and not given back yet. */
struct batch {
    const struct delay_record *records[RESEND_BATCH];
    uint64_t due_ns[RESEND_BATCH];
    int count;
    bool drain; /* all at once: what there is, and not what is due */
};

/* All that is due by now, or all there is; not so much at once that the other direction comes late. */
static void take_due(struct queue *q, bool drain, uint64_t now, struct batch *batch)
{
    uint32_t bytes = 0;
    batch->count = 0;
    batch->drain = drain;
    while (batch->count < RESEND_BATCH && bytes < BURST_BYTES && queue_peek(q) && (drain || q->due_ns <= now)) {
        batch->records[batch->count] = q->head;
        batch->due_ns[batch->count++] = q->due_ns;
        bytes += q->head->length;
        queue_pop(q);
    }
}

static void note_sent(struct line_counts *counts, uint64_t captured, uint64_t due, uint64_t taken, uint64_t now)
{
    if (due > taken) { /* its time in the line is the revert's doing */
        __atomic_fetch_add(&counts->drained, 1, __ATOMIC_RELAXED);
        return;
    }
    hist_record(&counts->delay_us, (now - captured) / 1000);
    hist_record(&counts->error_us, (now - due) / 1000);
}

/* Times are those after the latest of them was sent: a clock read for each would cost more than it tells. */
static uint64_t send_batch(struct line *line, int fd, const struct batch *batch, uint64_t taken)
{
    uint64_t now = taken;
    int err, sent;
    for (int first = 0; first < batch->count; first += sent ? sent : 1) {
        sent = resend_packets(fd, batch->records + first, batch->count - first, batch->drain, &err);
        now = clock_now_ns();
        for (int i = first; i < first + sent; i++)
            note_sent(line->counts, batch->records[i]->captured_ns, batch->due_ns[i], taken, now);
        if (sent) {
            add(&line->counts->sent, (uint64_t)sent);
            line->counts->last_sent_ns = now;
        } else {
            line->counts->send_errno = err;
            add(&line->counts->send_errors, 1);
        }
    }
    return now;
}

/* The time is that of the latest look at the clock. */
static bool send_due(struct line *line, struct queue *q, uint64_t *now)
{
    struct batch batch;
    take_due(q, state_of(line) != LINE_RUN, *now, &batch);
    if (batch.count) {
        *now = send_batch(line, q->fd, &batch, *now);
        queue_release(q);
    }
    queue_make_room(q);
    return batch.count;
}

static bool holds_something(struct line *line)
{
    return queue_peek(&line->egress) || queue_peek(&line->ingress) || line->egress.state == RING_BUSY ||
           line->ingress.state == RING_BUSY;
}

/* Sleep that long, or until woken: by a ring, too, where no packet was held. Whether it was for all the time. */
static bool sleep_for(struct line *line, const struct timespec *time)
{
    struct epoll_event events[3];
    int n = (int)syscall(SYS_epoll_pwait2, line->events, events, 3, time, NULL, 0);
    for (int i = 0; i < n; i++) {
        eventfd_t ignored;
        if (events[i].data.fd == line->wake)
            eventfd_read(line->wake, &ignored);
    }
    return n == 0;
}

static bool is_empty(const struct queue *q)
{
    return q->fd < 0 || (!ring_used(&q->ring) && !__atomic_load_n(&q->store.held, __ATOMIC_ACQUIRE));
}

static bool twin_holds_something(const struct line *line)
{
    return line->twin && !(is_empty(&line->twin->egress) && is_empty(&line->twin->ingress));
}

/*
 * Capture goes on while the backlog goes out, so that no new packet overtakes a held one; only when nothing is held
 * does this thread itself end it. One more look afterwards finds what was captured in between.
 */
static void advance_drain(struct line *line)
{
    bool holds = holds_something(line), others = twin_holds_something(line);
    if ((holds || others) && clock_now_ns() - line->drain_since_ns < DRAIN_LIMIT_NS) {
        if (!holds)
            sleep_for(line, &(struct timespec){.tv_nsec = BUSY_NAP_NS});
        return;
    }
    if (line->control->mode == CHAOS_ON) {
        control_off(line->control);
        return;
    }
    if (holds_something(line))
        return;
    store_free(&line->egress.store);
    store_free(&line->ingress.store);
    set_state(line, LINE_IDLE);
    eventfd_write(line->done, 1);
}

static uint64_t earlier(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

/* When this direction needs the thread again, if nothing happens meanwhile. */
static uint64_t next_turn(struct queue *q, uint64_t now)
{
    if (queue_peek(q))
        return q->due_ns;
    return q->fd >= 0 && q->state == RING_BUSY ? now + BUSY_NAP_NS : UINT64_MAX;
}

/*
 * How late a wake-up comes depends on the machine and on how long the sleep was, so the time to spend spinning after a
 * short one follows what was seen: a quantile, by steps up and down whose sizes are as the shares below and above it.
 */
static void learn_spin(struct line *line, uint64_t late_ns)
{
    if (late_ns > line->spin_ns && line->spin_ns < MAX_SPIN_NS)
        line->spin_ns += SPIN_IN_TIME * SPIN_STEP_NS;
    else if (late_ns <= line->spin_ns && line->spin_ns > MIN_SPIN_NS)
        line->spin_ns -= SPIN_STEP_NS;
}

/* Sleep until shortly before the next packet is due. */
static void wait_for_work(struct line *line, uint64_t now)
{
    uint64_t due = earlier(next_turn(&line->egress, now), next_turn(&line->ingress, now));
    if (due == UINT64_MAX) {
        sleep_for(line, NULL);
        return;
    }
    bool is_long = due > now + LONG_WAIT_NS;
    uint64_t spin = is_long ? MAX_SPIN_NS : line->spin_ns;
    if (due <= now + spin)
        return;
    uint64_t left = due - spin - now;
    const struct timespec time = {.tv_sec = (time_t)(left / 1000000000), .tv_nsec = (long)(left % 1000000000)};
    if (sleep_for(line, &time) && !is_long)
        learn_spin(line, clock_now_ns() - (due - spin));
}

static void *run(void *arg)
{
    struct line *line = arg;
    line->rt_errno = thread_become_real_time("chaos-delay", PRIORITY);
    eventfd_write(line->done, 1);
    for (;;) {
        uint64_t now = clock_now_ns();
        bool sent = send_due(line, &line->egress, &now);
        sent |= send_due(line, &line->ingress, &now);
        if (state_of(line) == LINE_DRAIN)
            advance_drain(line);
        else if (state_of(line) == LINE_STOP && !holds_something(line))
            return NULL;
        else if (!sent)
            wait_for_work(line, now);
    }
}

static bool await_done(struct line *line)
{
    struct pollfd done = {.fd = line->done, .events = POLLIN};
    eventfd_t ignored;
    return poll(&done, 1, DRAIN_TIMEOUT_MS) > 0 && !eventfd_read(line->done, &ignored);
}

/* A ring rouses the thread by an edge: that packets are held is no reason to stay awake. */
static int watch(struct line *line, int fd, uint32_t events)
{
    struct epoll_event event = {.events = events, .data.fd = fd};
    return fd < 0 ? 0 : epoll_ctl(line->events, EPOLL_CTL_ADD, fd, &event);
}

static int ring_of(const struct queue *q)
{
    return q->fd < 0 ? -1 : q->ring.map;
}

static int open_events(struct line *line)
{
    line->events = epoll_create1(EPOLL_CLOEXEC);
    line->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    line->done = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return line->events < 0 || line->wake < 0 || line->done < 0 || watch(line, line->wake, EPOLLIN) ||
                   watch(line, ring_of(&line->egress), EPOLLIN | EPOLLET) ||
                   watch(line, ring_of(&line->ingress), EPOLLIN | EPOLLET)
               ? -1
               : 0;
}

int line_start(struct line *line, struct failure *f)
{
    line->state = LINE_IDLE;
    line->spin_ns = MAX_SPIN_NS;
    if (open_events(line))
        return fail_errno(f, FAILED, "what wakes the delay thread");
    if (thread_start(&line->thread, run, line, f))
        return -1;
    await_done(line);
    return 0;
}

static void wake(struct line *line)
{
    eventfd_write(line->wake, 1);
}

void line_run(struct line *line)
{
    eventfd_t late;
    eventfd_read(line->done, &late); /* of an earlier drain that ran into its time-out, or that nobody waited for */
    line->ran = true;
    set_state(line, LINE_RUN);
}

void line_lift(struct line *line)
{
    enum line_state running = LINE_RUN;
    if (state_of(line) != LINE_RUN)
        return;
    line->drain_since_ns = clock_now_ns();
    if (__atomic_compare_exchange_n(&line->state, &running, LINE_DRAIN, false, __ATOMIC_RELEASE, __ATOMIC_RELAXED))
        wake(line);
}

void line_drain(struct line *line)
{
    line_lift(line);
    if (line->ran)
        await_done(line); /* it says so once, whoever lifted it */
    line->ran = false;
}

void line_reply_rt(const struct line *line, struct reply *reply)
{
    if (line->rt_errno)
        reply_word(reply, "rt", "no:%s", errno_name(line->rt_errno));
    else
        reply_word(reply, "rt", "yes");
}

void line_stats(const struct line *line, const volatile __u64 *captured, struct reply *reply)
{
    const struct line_counts *counts = line->counts;
    uint64_t gone = counts->sent + counts->send_errors; /* before captured, which only grows: held is never negative */
    uint64_t came = *captured;
    reply_number(reply, "captured", came);
    reply_number(reply, "sent", counts->sent);
    reply_number(reply, "send_errors", counts->send_errors);
    reply_number(reply, "held", came - gone);
    line_reply_rt(line, reply);
    hist_reply(&counts->error_us, reply, "err_hist");
    hist_reply(&counts->delay_us, reply, "delay_hist");
}

void line_stop(struct line *line)
{
    set_state(line, LINE_STOP);
    wake(line);
    pthread_join(line->thread, NULL);
    close(line->events);
    close(line->wake);
    close(line->done);
}
