// SPDX-License-Identifier: Apache-2.0
/* Queries that a DNS fault holds: a delay line of one direction. What it sends again carries CHAOS_MARK_QUERY. */
#ifndef DNS_LINE_H
#define DNS_LINE_H

#include "line.h"
#include "reply.h"

struct dns_line {
    struct line line;
    struct line_counts counts;
    bool started;
};

/* In the namespace of the device; undone by dns_line_close(). */
struct dns_line *dns_line_open(int ifindex, const struct jitter *jitter, struct failure *f);

/* From the ring buffer of the program. */
int dns_line_start(struct dns_line *line, int ring, volatile struct chaos_control *control, struct failure *f);

/* Add captured, sent, send_errors, held, rt, err_hist, delay_hist. */
void dns_line_stats(const struct dns_line *line, struct reply *reply);

/* Call when nothing is captured any more. NULL: nothing. */
void dns_line_close(struct dns_line *line);

#endif
