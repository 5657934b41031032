// SPDX-License-Identifier: Apache-2.0
/* connectionreset.bpf.c on crafted segments: which of a connection's segments decides, and what is counted. */
#include <errno.h>
#include <stdlib.h>

#include "choice.h"
#include "clock.h"
#include "connectionreset.h"
#include "control.h"
#include "delay.h"
#include "segment.h"
#include "skeleton.h"

#include "connectionreset.lskel.h"

#define PASSED (-1) /* so does what became a reset */

static struct connectionreset *skeleton;

static void configure(struct connectionreset *opened, const void *choice)
{
    opened->rodata->choice = *(const struct chaos_choice *)choice;
}
SKELETON_LOADER(connectionreset)

static void load(struct chaos_choice choice)
{
    struct failure f;
    if (skeleton)
        connectionreset__destroy(skeleton);
    skeleton = connectionreset_load_explained(configure, &choice, &f);
    if (!skeleton) {
        printf("FAILED to load: %s\n", f.msg);
        exit(1);
    }
    skeleton->bss->control.lease_until_ns = clock_now_ns() + 3600000000000ull;
    control_on(&skeleton->bss->control);
}

static void load_all(void)
{
    load((struct chaos_choice){.probability_ppm = CHOICE_ALWAYS});
}

static bool resets(struct frame f)
{
    struct frame to;
    CHECK_EQUAL(frame_run_to(&f, skeleton->progs.reset_egress.prog_fd, 0, &to), PASSED);
    return to.length && to.bytes[segment_at(&to) + 13] & SEGMENT_RST && to.mark;
}

/* The same segment of another connection. */
static struct frame from_port(struct frame f, unsigned port)
{
    put16(f.bytes + segment_at(&f), port);
    return f;
}

static void any_segment_of_an_older_connection(void)
{
    load_all();
    CHECK(resets(segment4(SEGMENT_ACK, 0)));
    CHECK(resets(segment6(SEGMENT_ACK, 100)));
    CHECK(resets(from_port(segment4(SEGMENT_ACK | SEGMENT_FIN, 0), 5001)));
    CHECK_EQUAL(skeleton->bss->control.hit, 3);
    CHECK_EQUAL(skeleton->bss->drawn, 3);
}

static void a_handshake_is_let_by(void)
{
    load_all();
    CHECK(!resets(segment4(SEGMENT_SYN, 0)));
    CHECK(!resets(segment4(SEGMENT_ACK, 0)));
    CHECK_EQUAL(skeleton->bss->drawn, 0);
    CHECK(resets(segment4(SEGMENT_ACK, 0)));
    CHECK(!resets(from_port(segment4(SEGMENT_SYN | SEGMENT_ACK, 0), 5001)));
    CHECK(resets(from_port(segment4(SEGMENT_ACK, 100), 5001)));
    CHECK_EQUAL(skeleton->bss->control.hit, 2);
    CHECK_EQUAL(skeleton->bss->control.matched, 5);
}

static void a_handshake_in_frames_of_the_least_size(void)
{
    load_all();
    struct frame padded = segment4(SEGMENT_ACK, 0);
    frame_add(&padded, "\0\0\0\0\0", 6);
    CHECK(!resets(segment4(SEGMENT_SYN, 0)));
    CHECK(!resets(padded));
    CHECK(resets(padded));
}

static void what_still_comes_of_it_counts_no_more(void)
{
    load_all();
    for (int i = 0; i < 3; i++)
        CHECK(resets(segment4(SEGMENT_ACK, 100)));
    CHECK_EQUAL(skeleton->bss->control.hit, 1);
    CHECK_EQUAL(skeleton->bss->control.matched, 3);
    CHECK(!resets(segment4(SEGMENT_RST, 0)));
}

static void a_connection_is_drawn_once(void)
{
    load((struct chaos_choice){.probability_ppm = CHOICE_ALWAYS, .after = 1});
    for (int i = 0; i < 3; i++)
        CHECK(!resets(segment4(SEGMENT_ACK, 100)));
    CHECK_EQUAL(skeleton->bss->drawn, 1);
    CHECK(resets(from_port(segment4(SEGMENT_ACK, 100), 5001)));
}

/* Of the same ends and ports. */
static void another_connection_is_drawn_anew(void)
{
    load((struct chaos_choice){.probability_ppm = CHOICE_ALWAYS, .after = 1});
    CHECK(!resets(segment4(SEGMENT_ACK, 100)));
    CHECK(!resets(segment4(SEGMENT_SYN, 0)));
    CHECK(resets(segment4(SEGMENT_ACK, 100)));
    CHECK_EQUAL(skeleton->bss->drawn, 2);
}

static void what_no_reset_can_be_made_of_is_counted(void)
{
    load_all();
    struct frame fragment = segment4(SEGMENT_ACK, 100);
    fragment.bytes[ETH_HLEN + 6] = 0x20;
    CHECK(!resets(fragment));
    CHECK_EQUAL(skeleton->bss->unmade, 1);
    CHECK_EQUAL(skeleton->bss->control.hit, 0);
}

static void nothing_when_it_is_off_or_its_lease_is_over(void)
{
    load_all();
    skeleton->bss->control.lease_until_ns = clock_now_ns() - 1;
    CHECK(!resets(segment4(SEGMENT_ACK, 100)));
    skeleton->bss->control.lease_until_ns = clock_now_ns() + 1000000000;
    control_off(&skeleton->bss->control);
    CHECK(!resets(segment4(SEGMENT_ACK, 100)));
    CHECK(skeleton->bss->control.first_clean_ns != 0);
    CHECK_EQUAL(skeleton->bss->drawn, 0);
}

static void a_marked_packet_passes(void)
{
    load_all();
    struct frame f = segment4(SEGMENT_ACK, 100);
    f.mark = CHAOS_MARK;
    CHECK_EQUAL(frame_run(&f, skeleton->progs.reset_egress.prog_fd, 0), PASSED);
    CHECK_EQUAL(skeleton->bss->control.seen, 0);
}

int main(void)
{
    RUN(any_segment_of_an_older_connection);
    RUN(a_handshake_is_let_by);
    RUN(a_handshake_in_frames_of_the_least_size);
    RUN(what_still_comes_of_it_counts_no_more);
    RUN(a_connection_is_drawn_once);
    RUN(another_connection_is_drawn_anew);
    RUN(what_no_reset_can_be_made_of_is_counted);
    RUN(nothing_when_it_is_off_or_its_lease_is_over);
    RUN(a_marked_packet_passes);
    connectionreset__destroy(skeleton);
    return check_summary();
}
