// SPDX-License-Identifier: Apache-2.0
/* The programs of a fault on packets, loaded but attached to nothing, to be run on frames. Included once by a test. */
#ifndef PACKET_PROGRAMS_H
#define PACKET_PROGRAMS_H

#include "check.h"
#include "cidr.h"
#include "clock.h"
#include "control.h"
#include "frame.h"
#include "packet_fault.h"

#define PASSED (-1) /* TCX_NEXT */
#define VANISHED 7  /* TC_ACT_REDIRECT: bpf_redirect(0, 0) */
#define DROPPED 2   /* TCX_DROP */

static struct packet_programs programs;
static struct packet_filter filter; /* of the next load_programs() */

typedef int loader(const struct packet_wanted *wanted, struct packet_programs *programs, struct failure *f);

/* Load with the kind's own options, and switch on. */
static void load_programs(loader *load, const void *own, size_t size)
{
    struct failure f;
    struct packet_wanted *wanted = calloc(1, sizeof *wanted + size);
    memcpy(wanted->own, own, size);
    wanted->packets.filter = filter;
    if (load(wanted, &programs, &f)) {
        printf("FAILED to load: %s\n", f.msg);
        exit(1);
    }
    free(wanted);
    programs.control->lease_until_ns = clock_now_ns() + 3600000000000ull;
    control_on(programs.control);
}

#endif
