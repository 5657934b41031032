// SPDX-License-Identifier: Apache-2.0
/* networkdelay.bpf.c on crafted packets: what it captures, what it lets by, what it counts. */
#include "delay_bpf.h"

static void captures_the_whole_packet(void)
{
    load((struct packet_filter){0});
    struct frame f = udp4("198.18.0.2", 53);
    uint64_t before = clock_now_ns();
    CHECK_EQUAL(egress(&f), VANISHED);
    CHECK(captured != NULL);
    CHECK_EQUAL(captured->length, f.length);
    CHECK(!memcmp(captured->frame, f.bytes, f.length));
    CHECK_EQUAL(captured->l4_offset, 34);
    CHECK_EQUAL(captured->l4_protocol, IPPROTO_UDP);
    CHECK_EQUAL(captured->ipv6, 0);
    CHECK_EQUAL(captured->gso_size, 0);
    CHECK(captured->captured_ns >= before && captured->captured_ns <= clock_now_ns());
}

static void captures_ipv6(void)
{
    load((struct packet_filter){0});
    struct frame f = tcp6("fd00::2", 443);
    CHECK_EQUAL(egress(&f), VANISHED);
    CHECK(captured && captured->ipv6 && captured->l4_offset == 54 && captured->l4_protocol == IPPROTO_TCP);
}

static void captures_every_size(void)
{
    load((struct packet_filter){0});
    for (size_t payload = 0; payload <= 1460; payload += 20) {
        struct frame f = udp4("198.18.0.2", 53);
        static const unsigned char zeros[1500];
        frame_add(&f, zeros, payload);
        CHECK_EQUAL(egress(&f), VANISHED);
        CHECK(captured && captured->length == f.length);
    }
}

static void passes_truncated_headers(void)
{
    load((struct packet_filter){0});
    struct frame f = udp4("198.18.0.2", 53);
    for (f.length = 34; f.length < 38; f.length++) /* the kernel itself refuses to run on less than an IP header */
        CHECK_EQUAL(egress(&f), PASSED);
    struct frame no_header = udp4("198.18.0.2", 53);
    no_header.bytes[14] = 0x44; /* shorter than any IPv4 header */
    CHECK_EQUAL(egress(&no_header), PASSED);
}

static void passes_what_the_helper_itself_sends(void)
{
    load((struct packet_filter){0});
    struct frame f = udp4("198.18.0.2", 53);
    f.mark = CHAOS_MARK;
    CHECK_EQUAL(egress(&f), PASSED);
    CHECK_EQUAL(skeleton->bss->control.seen, 0);
}

static void passes_everything_when_the_lease_has_run_out(void)
{
    load((struct packet_filter){0});
    struct frame f = udp4("198.18.0.2", 53);
    skeleton->bss->control.lease_until_ns = clock_now_ns() - 1;
    CHECK_EQUAL(egress(&f), PASSED);
    CHECK_EQUAL(skeleton->bss->control.expired, 1);
    CHECK_EQUAL(skeleton->bss->control.hit, 0);
    skeleton->bss->control.lease_until_ns = clock_now_ns() + 1000000000;
    CHECK_EQUAL(egress(&f), VANISHED);
}

static void counts_and_stamps(void)
{
    load((struct packet_filter){.protocol = IPPROTO_UDP});
    struct frame udp = udp4("198.18.0.2", 53), tcp = tcp6("fd00::2", 443);
    volatile struct chaos_control *control = &skeleton->bss->control;
    egress(&udp);
    egress(&tcp);
    egress(&udp);
    CHECK_EQUAL(control->seen, 3);
    CHECK_EQUAL(control->matched, 2);
    CHECK_EQUAL(control->hit, 2);
    CHECK_EQUAL(control->bytes, 2 * udp.length);
    CHECK(control->first_hit_ns >= control->on_ns && control->first_clean_ns == 0);

    control_off(control);
    egress(&tcp);
    CHECK_EQUAL(control->first_clean_ns, 0); /* would not have been hit */
    CHECK_EQUAL(egress(&udp), PASSED);
    CHECK(control->first_clean_ns >= control->off_ns);
    CHECK_EQUAL(control->seen, 3);
}

static void counts_each_connection_that_was_held_once(void)
{
    load((struct packet_filter){.protocol = IPPROTO_UDP});
    for (uint16_t port = 1; port <= 6; port++) {
        struct frame f = udp4("198.18.0.2", 50 + port / 2);
        egress(&f);
    }
    struct frame other = udp4("198.18.0.3", 51), unmatched = tcp6("fd00::2", 443);
    egress(&other);
    egress(&unmatched);
    CHECK_EQUAL(skeleton->bss->control.hit, 7);
    CHECK_EQUAL(skeleton->bss->connections, 5);
}

static void remembers_eight_endpoints(void)
{
    load((struct packet_filter){.protocol = IPPROTO_TCP});
    for (uint16_t port = 1; port <= 10; port++) {
        struct frame f = udp4("198.18.0.2", port);
        egress(&f);
        egress(&f);
    }
    struct filter_endpoint key, *previous = NULL;
    int n = 0;
    for (; !map_next_key(skeleton->maps.endpoints.map_fd, previous, &key); previous = &key) {
        uint64_t count = 0;
        map_lookup(skeleton->maps.endpoints.map_fd, &key, &count);
        CHECK_EQUAL(count, 2);
        CHECK_EQUAL(key.protocol, IPPROTO_UDP);
        n++;
    }
    CHECK_EQUAL(n, FILTER_MAX_SEEN);
}

static void refuses_at(const struct bpf_prog_desc *program, int captured)
{
    load((struct packet_filter){0});
    struct frame f = udp4("198.18.0.2", 53);
    int vanished = 0, rc = captured;
    for (int i = 0; i < 10000 && !skeleton->bss->full; i++)
        vanished += (rc = frame_run(&f, program->prog_fd, 0)) == captured;
    CHECK_EQUAL(rc, DROPPED);
    CHECK(vanished > (int)(RING_SIZE / 400));
    CHECK_EQUAL(skeleton->bss->full, 1);
    CHECK_EQUAL(skeleton->bss->control.hit, skeleton->bss->control.matched - 1);
}

/* What passed would overtake all that is held. The sender is told, as by a full queue of its own. */
static void refuses_what_the_ring_has_no_room_for(void)
{
    refuses_at(&skeleton->progs.delay_egress, VANISHED);
    refuses_at(&skeleton->progs.delay_ingress, DROPPED);
}

/* The lease has not run out yet. */
static void passes_everything_once_the_kernel_says_that_its_owner_died(void)
{
    load((struct packet_filter){0});
    struct frame f = udp4("198.18.0.2", 53);
    skeleton->bss->control.owner = 4711;
    CHECK_EQUAL(egress(&f), VANISHED);
    skeleton->bss->control.owner = CHAOS_OWNER_DIED;
    CHECK_EQUAL(egress(&f), PASSED);
    CHECK_EQUAL(skeleton->bss->control.expired, 1);
}

static void passes_a_super_packet_that_it_could_not_send_again(void)
{
    load((struct packet_filter){0});
    struct frame f = frame_ethernet(ETH_P_IP);
    frame_add_ipv4(&f, "198.18.0.1", "198.18.0.2", IPPROTO_GRE, 0, 0);
    frame_add_ports(&f, 0, 0, 1000);
    CHECK_EQUAL(frame_run(&f, skeleton->progs.delay_egress.prog_fd, 100), PASSED);
    CHECK_EQUAL(skeleton->bss->skipped, 1);
    struct frame tcp = tcp6("fd00::2", 443);
    frame_add_ports(&tcp, 0, 0, 1000);
    CHECK_EQUAL(frame_run(&tcp, skeleton->progs.delay_egress.prog_fd, 100), VANISHED);
    uint64_t next;
    const void *record = NULL;
    CHECK_EQUAL(ring_peek(&ring, &position, &record, &next), RING_RECORD);
    CHECK_EQUAL(((const struct delay_record *)record)->gso_size, 100);
}

static void the_tap_marks_and_hands_over(void)
{
    load((struct packet_filter){0});
    skeleton->bss->target_ifindex = 1;
    struct frame f = udp4("198.18.0.2", 53);
    CHECK_EQUAL(frame_run(&f, skeleton->progs.delay_tap.prog_fd, 0), VANISHED);
}

static void explains_a_refused_load(void)
{
    struct failure f;
    CHECK_EQUAL(skeleton_failure("delay", EINVAL, "dump of types ... R1 invalid mem access", &f), -1);
    CHECK_TEXT(f.code, UNSUPPORTED);
    CHECK_CONTAINS(f.msg, "R1 invalid mem access");
    skeleton_failure("delay", EPERM, NULL, &f);
    CHECK_TEXT(f.code, DENIED);
    CHECK_CONTAINS(f.msg, "CAP_BPF");
}

int main(void)
{
    RUN(captures_the_whole_packet);
    RUN(captures_ipv6);
    RUN(captures_every_size);
    RUN(passes_truncated_headers);
    RUN(passes_what_the_helper_itself_sends);
    RUN(passes_everything_when_the_lease_has_run_out);
    RUN(counts_and_stamps);
    RUN(counts_each_connection_that_was_held_once);
    RUN(remembers_eight_endpoints);
    RUN(refuses_what_the_ring_has_no_room_for);
    RUN(passes_everything_once_the_kernel_says_that_its_owner_died);
    RUN(passes_a_super_packet_that_it_could_not_send_again);
    RUN(the_tap_marks_and_hands_over);
    RUN(explains_a_refused_load);
    networkdelay__destroy(skeleton);
    return check_summary();
}
