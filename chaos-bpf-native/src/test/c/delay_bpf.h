// SPDX-License-Identifier: Apache-2.0
/* networkdelay.bpf.c loaded but attached to nothing, and frames to run it on. Included once by a test program. */
#ifndef DELAY_BPF_H
#define DELAY_BPF_H

#include <errno.h>
#include <stdlib.h>

#include "bpf_call.h"
#include "check.h"
#include "cidr.h"
#include "clock.h"
#include "control.h"
#include "delay.h"
#include "frame.h"
#include "request.h"
#include "ring_buffer.h"
#include "skeleton.h"

#include "networkdelay.lskel.h"

#define RING_SIZE (1u << 20)
#define PASSED (-1) /* TCX_NEXT */
#define VANISHED 7  /* TC_ACT_REDIRECT: bpf_redirect(0, 0) */
#define DROPPED 2   /* TCX_DROP, at ingress */

static struct networkdelay *skeleton;
static struct ring ring;
static uint64_t position;
static const struct delay_record *captured;
static struct delay_probers probers; /* of the next load() */

static void configure(struct networkdelay *opened, const void *filter)
{
    opened->rodata->filter = *(const struct packet_filter *)filter;
    opened->rodata->probers = probers;
    opened->rodata->ring_high = RING_SIZE;
    opened->maps.egress_ring.max_entries = opened->maps.ingress_ring.max_entries = RING_SIZE;
}
SKELETON_LOADER(networkdelay)

/* Load with a filter and switch on. */
static void load(struct packet_filter filter)
{
    struct failure f;
    ring_close(&ring);
    if (skeleton)
        networkdelay__destroy(skeleton);
    skeleton = networkdelay_load_explained(configure, &filter, &f);
    if (!skeleton || ring_open(&ring, skeleton->maps.egress_ring.map_fd, RING_SIZE, DELAY_MAX_FRAME, &f)) {
        printf("FAILED to load: %s\n", f.msg);
        exit(1);
    }
    position = 0;
    skeleton->bss->control.lease_until_ns = clock_now_ns() + 3600000000000ull;
    control_on(&skeleton->bss->control);
}

static inline int egress(const struct frame *f)
{
    uint64_t next;
    const void *record;
    int rc = frame_run(f, skeleton->progs.delay_egress.prog_fd, 0);
    captured = NULL;
    if (ring_peek(&ring, &position, &record, &next) == RING_RECORD) {
        captured = record;
        position = next;
        ring_release(&ring, position);
    }
    return rc;
}

#endif
