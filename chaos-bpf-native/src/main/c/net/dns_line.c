// SPDX-License-Identifier: Apache-2.0
#include "dns_line.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "dns.h"
#include "resend.h"

struct dns_line *dns_line_open(int ifindex, const struct jitter *jitter, struct failure *f)
{
    struct dns_line *held = calloc(1, sizeof *held);
    if (!held) {
        fail(f, FAILED, ENOMEM, "no memory to hold queries");
        return NULL;
    }
    held->line.ingress.fd = -1;
    held->line.egress.jitter = *jitter;
    held->line.egress.fd = resend_open_egress(ifindex, CHAOS_MARK_QUERY, f);
    if (held->line.egress.fd >= 0)
        return held;
    free(held);
    return NULL;
}

int dns_line_start(struct dns_line *held, int ring, volatile struct chaos_control *control, struct failure *f)
{
    if (ring_open(&held->line.egress.ring, ring, DNS_HELD_SIZE, sizeof(struct delay_record) + DELAY_MAX_FRAME, f))
        return -1;
    held->line.control = control;
    held->line.counts = &held->counts;
    held->started = !line_start(&held->line, f);
    return held->started ? 0 : -1;
}

void dns_line_stats(const struct dns_line *held, struct reply *reply)
{
    line_stats(&held->line, &held->line.control->hit, reply);
}

void dns_line_close(struct dns_line *held)
{
    if (!held)
        return;
    if (held->started)
        line_stop(&held->line);
    close(held->line.egress.fd);
    ring_close(&held->line.egress.ring);
    free(held);
}
