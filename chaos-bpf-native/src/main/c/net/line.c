// SPDX-License-Identifier: Apache-2.0
#include "line.h"

#include <poll.h>
#include <stdbool.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "clock.h"
#include "control.h"
#include "resend.h"
#include "thread.h"

#define PRIORITY 50
#define SPIN_NS 60000            /* of the wait before a packet is due: a wake-up takes tens of microseconds */
#define BUSY_NAP_NS 20000        /* while a program is still writing the next record */
#define BURST 64                 /* packets of one direction before the other has its turn */
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

static void count(uint64_t *counter)
{
    __atomic_store_n(counter, *counter + 1, __ATOMIC_RELAXED);
}

static void send_head(struct line *line, struct queue *q, bool drain)
{
    uint64_t captured = q->head->captured_ns;
    int err = resend_packet(q->fd, q->head);
    uint64_t now = clock_now_ns();
    queue_pop(q);
    if (err) {
        line->send_errno = err;
        count(&line->send_errors);
        return;
    }
    line->last_sent_ns = now;
    if (drain) { // its time in the line is the revert's doing
        line->drained++;
    } else {
        hist_record(&line->delay_us, (now - captured) / 1000);
        hist_record(&line->error_us, now > q->due_ns ? (now - q->due_ns) / 1000 : 0);
    }
    count(&line->sent);
}

static bool send_due(struct line *line, struct queue *q)
{
    bool drain = state_of(line) != LINE_RUN;
    int n = 0;
    while (n < BURST && queue_peek(q) && (drain || q->due_ns <= clock_now_ns())) {
        send_head(line, q, drain && q->due_ns > clock_now_ns());
        n++;
    }
    return n > 0;
}

static bool holds_something(struct line *line)
{
    return queue_peek(&line->egress) || queue_peek(&line->ingress) || line->egress.state == RING_BUSY ||
           line->ingress.state == RING_BUSY;
}

/*
 * Capture goes on while the backlog goes out, so that no new packet overtakes a held one; only when nothing is held
 * does this thread itself end it. One more look afterwards finds what was captured in between.
 */
static void advance_drain(struct line *line)
{
    if (holds_something(line) && clock_now_ns() - line->drain_since_ns < DRAIN_LIMIT_NS)
        return;
    if (line->control->mode == CHAOS_ON) {
        control_off(line->control);
        return;
    }
    if (holds_something(line))
        return;
    set_state(line, LINE_IDLE);
    eventfd_write(line->done, 1);
}

static uint64_t earlier(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

/* When this direction needs the thread again, if nothing happens meanwhile; fills in what could happen. */
static uint64_t next_turn(const struct queue *q, uint64_t now, struct pollfd *arrival)
{
    *arrival = (struct pollfd){.fd = -1};
    if (q->fd < 0)
        return UINT64_MAX;
    if (q->head)
        return q->due_ns - earlier(q->due_ns, SPIN_NS);
    if (q->state == RING_BUSY)
        return now + BUSY_NAP_NS; /* its descriptor is readable already: polling it would not wait */
    *arrival = (struct pollfd){.fd = q->ring.map, .events = POLLIN};
    return UINT64_MAX;
}

/* Sleep until a packet comes in where none is held, until shortly before the next one is due, or until woken. */
static void wait_for_work(struct line *line)
{
    struct pollfd sources[3] = {{.fd = line->wake, .events = POLLIN}};
    uint64_t now = clock_now_ns();
    uint64_t until = earlier(next_turn(&line->egress, now, &sources[1]), next_turn(&line->ingress, now, &sources[2]));
    if (until <= now)
        return;
    struct timespec timeout = {.tv_sec = (time_t)((until - now) / 1000000000),
                               .tv_nsec = (long)((until - now) % 1000000000)};
    ppoll(sources, 3, until == UINT64_MAX ? NULL : &timeout, NULL);
    if (sources[0].revents) {
        eventfd_t ignored;
        eventfd_read(line->wake, &ignored);
    }
}

static void *run(void *arg)
{
    struct line *line = arg;
    line->rt_errno = thread_become_real_time("chaos-delay", PRIORITY);
    eventfd_write(line->done, 1);
    for (;;) {
        bool sent = send_due(line, &line->egress);
        sent |= send_due(line, &line->ingress);
        if (state_of(line) == LINE_DRAIN)
            advance_drain(line);
        else if (state_of(line) == LINE_STOP && !holds_something(line))
            return NULL;
        else if (!sent)
            wait_for_work(line);
    }
}

static bool await_done(struct line *line)
{
    struct pollfd done = {.fd = line->done, .events = POLLIN};
    eventfd_t ignored;
    return poll(&done, 1, DRAIN_TIMEOUT_MS) > 0 && !eventfd_read(line->done, &ignored);
}

int line_start(struct line *line, struct failure *f)
{
    line->state = LINE_IDLE;
    line->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    line->done = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (line->wake < 0 || line->done < 0)
        return fail_errno(f, FAILED, "eventfd for the delay thread");
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

void line_stop(struct line *line)
{
    set_state(line, LINE_STOP);
    wake(line);
    pthread_join(line->thread, NULL);
    close(line->wake);
    close(line->done);
}
