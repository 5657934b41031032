// SPDX-License-Identifier: Apache-2.0
/* trace.bpf.h on crafted segments, through networkloss.bpf.c: which of them begin the request that is meant. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "chance.h"
#include "check.h"
#include "clock.h"
#include "control.h"
#include "packet_fault.h"
#include "segment.h"

#include "networkloss.lskel.h"

#define PASSED (-1) /* TCX_NEXT */
#define VANISHED 7  /* TC_ACT_REDIRECT: bpf_redirect(0, 0) */
#define DROPPED 2   /* TCX_DROP */

#define ID "4bf92f3577b34da6a3ce929d0e0e4736"
#define GET "GET /users/1 HTTP/1.1\r\nHost: user-api\r\n"
#define END "Accept: */*\r\n\r\n"
#define OTHER_ID "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4737-00f067aa0ba902b7-01\r\n"

static const struct chance every = {.begins_bad = CHANCE_ONE, .turns_bad = CHANCE_ONE, .hits_bad = CHANCE_ONE};

static void configure(struct networkloss *skeleton, const void *own)
{
    skeleton->rodata->chance = *(const struct chance *)own;
    skeleton->rodata->trace.wanted = 1;
    memcpy((void *)skeleton->rodata->trace.id, ID, TRACE_ID_SIZE);
}

SKELETON_LOADER(networkloss)

static struct networkloss *loss;

static void load(void)
{
    struct failure f;
    loss = networkloss_load_explained(configure, &every, &f);
    if (!loss) {
        printf("FAILED to load: %s\n", f.msg);
        exit(1);
    }
    loss->bss->control.lease_until_ns = clock_now_ns() + 3600000000000ull;
    control_on(&loss->bss->control);
}

/* `options` is a number of 4-byte words in the TCP header. */
static struct frame carrying(struct frame f, int options, const char *payload)
{
    static const unsigned char nops[40] = {[0 ... 39] = 1};
    f.length = (uint32_t)segment_at(&f) + 20;
    f.bytes[segment_at(&f) + 12] = (unsigned char)((5 + options) << 4);
    frame_add(&f, nops, (size_t)options * 4);
    frame_add(&f, payload, strlen(payload));
    return f;
}

static bool hits(const char *payload)
{
    struct frame f = carrying(segment4(SEGMENT_ACK, 0), 0, payload);
    return frame_run(&f, loss->progs.loss_egress.prog_fd, 0) == VANISHED;
}

static void hits_the_request_of_the_trace_alone(void)
{
    load();
    CHECK(hits(GET "traceparent: 00-" ID "-00f067aa0ba902b7-01\r\n" END));
    CHECK(!hits(GET OTHER_ID END));
    CHECK(!hits(GET END));
    CHECK_EQUAL(loss->bss->control.matched, 1);
    CHECK_EQUAL(loss->bss->control.seen, 3);
    CHECK_EQUAL(loss->bss->trace_seen.requests, 3);
    CHECK_EQUAL(loss->bss->trace_seen.cut, 0);
    networkloss__destroy(loss);
}

static void takes_the_name_in_any_case_and_any_space_after_it(void)
{
    load();
    CHECK(hits(GET "TraceParent: 00-" ID "-00f067aa0ba902b7-01\r\n" END));
    CHECK(hits("POST /verify HTTP/1.1\r\nTRACEPARENT:00-" ID "-00f067aa0ba902b7-01\r\n" END "{}"));
    CHECK(hits("DELETE /x HTTP/1.1\r\ntraceparent: \t 00-" ID "-00f067aa0ba902b7-01\r\n" END));
    CHECK(hits(GET OTHER_ID "traceparent: 00-" ID "-00f067aa0ba902b7-01\r\n" END));
    networkloss__destroy(loss);
}

static void is_not_misled_by_what_only_looks_like_it(void)
{
    load();
    CHECK(!hits(GET END "\r\ntraceparent: 00-" ID "-00f067aa0ba902b7-01\r\n\r\n"));
    CHECK(!hits("GET /?traceparent:00-" ID " HTTP/1.1\r\n" END));
    CHECK(!hits(GET "X-traceparent: 00-" ID "-00f067aa0ba902b7-01\r\n" END));
    CHECK(!hits(GET "baggage: traceparent: 00-" ID "\r\n" END));
    CHECK(!hits(GET "traceparent: 01-" ID "-00f067aa0ba902b7-01\r\n" END));
    CHECK(!hits("HTTP/1.1 200 OK\r\ntraceparent: 00-" ID "-00f067aa0ba902b7-01\r\n\r\n"));
    CHECK(!hits("traceparent: 00-" ID "-00f067aa0ba902b7-01\r\n\r\n"));
    CHECK(!hits(""));
    networkloss__destroy(loss);
}

static void counts_what_cannot_be_recognised(void)
{
    static char late[2600];
    load();
    CHECK(!hits(GET "traceparent: 00-4bf92f3577b34da6a3ce"));
    CHECK(!hits("929d0e0e4736-00f067aa0ba902b7-01\r\n" END));
    CHECK_EQUAL(loss->bss->trace_seen.cut, 1);
    snprintf(late, sizeof late, GET "Cookie: %02200d\r\ntraceparent: 00-" ID "-00f067aa0ba902b7-01\r\n" END, 0);
    CHECK(!hits(late));
    CHECK_EQUAL(loss->bss->trace_seen.cut, 2);
    CHECK(!hits("\x16\x03\x01\x02"));
    CHECK(!hits("\x17\x03\x03\x02"));
    CHECK_EQUAL(loss->bss->trace_seen.tls, 2);
    CHECK(!hits("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
    CHECK_EQUAL(loss->bss->trace_seen.http2, 1);
    CHECK_EQUAL(loss->bss->trace_seen.requests, 2);
    CHECK_EQUAL(loss->bss->control.matched, 0);
    networkloss__destroy(loss);
}

static void finds_it_in_a_super_packet_behind_options_and_by_ipv6(void)
{
    static char large[2600];
    load();
    snprintf(large, sizeof large,
             "POST /x HTTP/1.1\r\nCookie: %01600d\r\ntraceparent: 00-" ID "-00-01\r\n" END "%0600d", 0, 0);
    struct frame f = carrying(segment4(SEGMENT_ACK, 0), 3, large);
    CHECK(f.length > 2300);
    CHECK_EQUAL(frame_run(&f, loss->progs.loss_egress.prog_fd, 1448), VANISHED);
    f = carrying(segment6(SEGMENT_ACK, 0), 10, GET "traceparent: 00-" ID "-00f067aa0ba902b7-01\r\n" END);
    CHECK_EQUAL(frame_run(&f, loss->progs.loss_ingress.prog_fd, 0), DROPPED);
    networkloss__destroy(loss);
}

static void means_no_datagram_and_nothing_once_lifted(void)
{
    load();
    struct frame udp = udp4("198.18.0.2", 80);
    udp.length = ETH_HLEN + 20 + 8;
    frame_add(&udp, GET "traceparent: 00-" ID "\r\n" END, strlen(GET "traceparent: 00-" ID "\r\n" END));
    CHECK_EQUAL(frame_run(&udp, loss->progs.loss_egress.prog_fd, 0), PASSED);
    control_off(&loss->bss->control);
    CHECK(!hits(GET "traceparent: 00-" ID "-00f067aa0ba902b7-01\r\n" END));
    CHECK_EQUAL(loss->bss->trace_seen.requests, 0);
    CHECK(loss->bss->control.first_clean_ns >= loss->bss->control.off_ns);
    networkloss__destroy(loss);
}

int main(void)
{
    RUN(hits_the_request_of_the_trace_alone);
    RUN(takes_the_name_in_any_case_and_any_space_after_it);
    RUN(is_not_misled_by_what_only_looks_like_it);
    RUN(counts_what_cannot_be_recognised);
    RUN(finds_it_in_a_super_packet_behind_options_and_by_ipv6);
    RUN(means_no_datagram_and_nothing_once_lifted);
    return check_summary();
}
