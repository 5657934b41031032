// SPDX-License-Identifier: Apache-2.0
/* networkduplicate.bpf.c on crafted packets, which go nowhere: on the loopback device of a namespace of our own. */
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>

#include "chance.h"
#include "packet_programs.h"

#include "networkduplicate.lskel.h"

#define COPY 0xC4B00007

static void configure(struct networkduplicate *skeleton, const void *own)
{
    skeleton->rodata->chance = *(const struct chance *)own;
    skeleton->rodata->copy_mark = COPY;
}
PACKET_SKELETON(networkduplicate, duplicate)

static void load(void)
{
    static const struct chance every = {.begins_bad = CHANCE_ONE, .turns_bad = CHANCE_ONE, .hits_bad = CHANCE_ONE};
    load_programs(duplicate_load, &every, sizeof every);
}

static void bring_up_loopback(void)
{
    struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP};
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    CHECK(!ioctl(fd, SIOCSIFFLAGS, &request));
    close(fd);
}

static void a_copy_goes_on_as_any_packet(void)
{
    struct frame f = udp4("198.18.0.2", 53), out;
    load();
    f.mark = COPY;
    CHECK_EQUAL(frame_run_to(&f, programs.egress, 0, &out), PASSED);
    CHECK_EQUAL(out.mark, 0);
    CHECK_EQUAL(programs.control->seen, 0);
    duplicate_unload(programs.skeleton);
}

/* The device is down. */
static void a_copy_that_is_not_made_is_no_hit(void)
{
    struct frame f = udp4("198.18.0.2", 53), out;
    load();
    f.mark = 99;
    CHECK_EQUAL(frame_run_to(&f, programs.egress, 0, &out), PASSED);
    CHECK_EQUAL(out.mark, 99);
    CHECK_EQUAL(((const struct networkduplicate *)programs.skeleton)->bss->egress_chance.drawn, 1);
    CHECK_EQUAL(programs.control->matched, 1);
    CHECK_EQUAL(programs.control->hit, 0);
    duplicate_unload(programs.skeleton);
}

static void a_packet_keeps_its_mark_and_its_content(void)
{
    struct frame f = udp4("198.18.0.2", 53), out;
    bring_up_loopback();
    load();
    f.mark = 99;
    CHECK_EQUAL(frame_run_to(&f, programs.egress, 0, &out), PASSED);
    CHECK_EQUAL(frame_run_to(&f, programs.ingress, 0, &out), PASSED);
    CHECK_EQUAL(out.mark, 99);
    CHECK(out.length == f.length && !memcmp(out.bytes, f.bytes, f.length));
    CHECK_EQUAL(programs.control->hit, 2);
    f.mark = CHAOS_MARK;
    CHECK_EQUAL(frame_run(&f, programs.egress, 0), PASSED);
    CHECK_EQUAL(programs.control->hit, 2);
    duplicate_unload(programs.skeleton);
}

int main(void)
{
    if (unshare(CLONE_NEWNET)) {
        perror("FAILED: a network namespace");
        return 1;
    }
    RUN(a_copy_goes_on_as_any_packet);
    RUN(a_copy_that_is_not_made_is_no_hit);
    RUN(a_packet_keeps_its_mark_and_its_content);
    return check_summary();
}
