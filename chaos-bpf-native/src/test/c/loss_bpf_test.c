// SPDX-License-Identifier: Apache-2.0
/* networkloss.bpf.c on crafted packets: which ones it loses. */
#include "chance.h"
#include "packet_programs.h"
#include "share.h"

#include "networkloss.lskel.h"

#define PACKETS 10000

static void configure(struct networkloss *skeleton, const void *own)
{
    skeleton->rodata->chance = *(const struct chance *)own;
}
PACKET_SKELETON(networkloss, loss)

/* 10 %, in rows of 1 / (0.9 * 0.5). */
static const struct chance tenth = {
    .seed = 7,
    .begins_bad = CHANCE_ONE / 10,
    .turns_bad = CHANCE_ONE / 20,
    .turns_good = CHANCE_ONE * 9 / 20,
    .hits_bad = CHANCE_ONE,
};
static const struct chance every = {.begins_bad = CHANCE_ONE, .turns_bad = CHANCE_ONE, .hits_bad = CHANCE_ONE};

static void loses_what_the_chain_says(int program, int lost_as, uint64_t seed)
{
    static bool hit[PACKETS];
    struct chance_state state = {0};
    struct frame f = udp4("198.18.0.2", 53);
    int as_drawn = 0;
    for (int i = 0; i < PACKETS; i++) {
        int verdict = frame_run(&f, program, 0);
        hit[i] = verdict == lost_as;
        as_drawn += (hit[i] || verdict == PASSED) && hit[i] == chance_hits(&tenth, seed, &state);
    }
    CHECK_EQUAL(as_drawn, PACKETS);
    CHECK(within_99(count_hits(hit, PACKETS), PACKETS, 0.1, 3));
    CHECK(rows_of_99(hit, PACKETS, 1 / 0.45));
    CHECK_EQUAL(programs.control->matched, PACKETS);
    CHECK_EQUAL(programs.control->hit, count_hits(hit, PACKETS));
    CHECK_EQUAL(programs.control->bytes, programs.control->hit * f.length);
    CHECK_EQUAL(*programs.connections, 1);
}

static void loses_a_share_of_what_is_sent_without_a_word(void)
{
    load_programs(loss_load, &tenth, sizeof tenth);
    loses_what_the_chain_says(programs.egress, VANISHED, tenth.seed);
    loss_unload(programs.skeleton);
}

static void loses_a_share_of_what_is_received(void)
{
    load_programs(loss_load, &tenth, sizeof tenth);
    loses_what_the_chain_says(programs.ingress, DROPPED, ~tenth.seed);
    loss_unload(programs.skeleton);
}

static void draws_only_what_is_meant(void)
{
    filter = (struct packet_filter){.protocol = IPPROTO_UDP};
    load_programs(loss_load, &every, sizeof every);
    struct frame udp = udp4("198.18.0.2", 53), tcp = tcp6("fd00::2", 443), sent_again = udp, arp = udp;
    sent_again.mark = CHAOS_MARK;
    arp.bytes[13] = 6;
    CHECK_EQUAL(frame_run(&tcp, programs.egress, 0), PASSED);
    CHECK_EQUAL(frame_run(&sent_again, programs.egress, 0), PASSED);
    CHECK_EQUAL(frame_run(&arp, programs.egress, 0), PASSED);
    const struct networkloss *loaded = programs.skeleton;
    CHECK_EQUAL(loaded->bss->egress_chance.drawn, 0);
    CHECK_EQUAL(frame_run(&udp, programs.egress, 0), VANISHED);
    CHECK_EQUAL(loaded->bss->egress_chance.drawn, 1);
    CHECK_EQUAL(programs.control->seen, 2);
    filter = (struct packet_filter){0};
    loss_unload(programs.skeleton);
}

static void loses_nothing_once_lifted_or_without_a_lease(void)
{
    load_programs(loss_load, &every, sizeof every);
    struct frame f = udp4("198.18.0.2", 53);
    CHECK_EQUAL(frame_run(&f, programs.egress, 0), VANISHED);
    programs.control->lease_until_ns = clock_now_ns() - 1;
    CHECK_EQUAL(frame_run(&f, programs.egress, 0), PASSED);
    CHECK_EQUAL(programs.control->expired, 1);
    control_off(programs.control);
    CHECK_EQUAL(frame_run(&f, programs.egress, 0), PASSED);
    CHECK_EQUAL(frame_run(&f, programs.ingress, 0), PASSED);
    CHECK(programs.control->first_clean_ns >= programs.control->off_ns);
    loss_unload(programs.skeleton);
}

int main(void)
{
    RUN(loses_a_share_of_what_is_sent_without_a_word);
    RUN(loses_a_share_of_what_is_received);
    RUN(draws_only_what_is_meant);
    RUN(loses_nothing_once_lifted_or_without_a_lease);
    return check_summary();
}
