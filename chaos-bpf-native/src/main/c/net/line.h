// SPDX-License-Identifier: Apache-2.0
/*
 * A delay line: one real-time thread that sends the captured packets of one fault, both directions, when they are due.
 * Two lines may share a fault's packets; each has a thread, and what they count is counted together.
 */
#ifndef LINE_H
#define LINE_H

#include <pthread.h>

#include "chaos.h"
#include "hist.h"
#include "queue.h"
#include "reply.h"

enum line_state {
    LINE_RUN,   /* hold every packet until it is due */
    LINE_DRAIN, /* send what is held at once, then end the capture */
    LINE_IDLE,  /* capture has ended; a straggler goes out at once */
    LINE_STOP,  /* as IDLE, and end the thread when nothing is held */
};

/* Since attach. */
struct line_counts {
    uint64_t sent, send_errors;
    volatile __u64 drained; /* of the packets sent: earlier than they were due */
    volatile __u64 last_sent_ns;
    int send_errno;
    struct hist error_us; /* sent minus due, of packets that were not drained */
    struct hist delay_us; /* sent minus captured, of all */
};

struct line {
    struct queue egress, ingress;
    volatile struct chaos_control *control;
    struct line_counts *counts;
    const struct line *twin; /* with which it shares the fault's packets; or NULL */
    pthread_t thread;
    enum line_state state; /* set by both sides, atomically */
    int events;            /* epoll: the rings and wake */
    int wake;              /* eventfd: look at state */
    int done;              /* eventfd: the thread has started, or has drained */
    int rt_errno;          /* 0: SCHED_FIFO */
    uint64_t drain_since_ns;
    uint64_t spin_ns; /* how long before a packet is due the thread wants to be awake */
    bool ran;         /* since it was drained */
};

/* The queues, the control and the counts have to be filled in. Starts in LINE_IDLE. */
int line_start(struct line *line, struct failure *f);

/* From now on hold packets; call before the capture is switched on. */
void line_run(struct line *line);

/* Send everything held, in order, then end the capture; waits for nothing. From any thread. */
void line_lift(struct line *line);

/* The same, and return when nothing is held. */
void line_drain(struct line *line);

/* Adds rt: whether the thread is a real-time one. */
void line_reply_rt(const struct line *line, struct reply *reply);

/* Adds captured sent send_errors held rt err_hist delay_hist. */
void line_stats(const struct line *line, const volatile __u64 *captured, struct reply *reply);

/* Call when nothing captures any more: sends the stragglers and ends the thread. */
void line_stop(struct line *line);

#endif
