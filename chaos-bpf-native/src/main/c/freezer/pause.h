// SPDX-License-Identifier: Apache-2.0
/* A pause of a pod: what the helper and its guardian know of it, in memory that they share. */
#ifndef PAUSE_H
#define PAUSE_H

#include <stdint.h>

#include "control.h"
#include "frozen_pod.h"

enum pause_end {
    PAUSE_LASTS,
    PAUSE_LIFTED,
    PAUSE_LEASE,  /* the helper stood still */
    PAUSE_ENDED,  /* the container's first process ended: what is started in its place is not paused */
    PAUSE_OTHERS, /* somebody else thawed it */
};

struct pause {
    struct chaos_control control;
    struct frozen_pod pod;
    pid_t first;        /* process of the container */
    int pidfd;          /* of this */
    uint64_t frozen_ns; /* when all stood still; 0: not yet */
    uint64_t thawed_ns; /* when they were told to go on; 0: not yet */
    __u32 end;          /* enum pause_end */
};

/* Once all stand still, note when that was first seen; whether they do. */
bool pause_note(struct pause *pause);

/* Thaw the pod, and note why where nobody has yet. From both processes, any thread, any number of times. */
void pause_end(struct pause *pause, enum pause_end why);

/* How long all stood still, up to now. */
uint64_t pause_frozen_ns(const struct pause *pause);

#endif
