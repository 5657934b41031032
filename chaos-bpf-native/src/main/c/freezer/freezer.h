// SPDX-License-Identifier: Apache-2.0
/* The freezer of one cgroup: all processes in it, and those to come, stand still until they are thawed. */
#ifndef FREEZER_H
#define FREEZER_H

#include <stdbool.h>

#include "membership.h"

struct freezer {
    int directory; /* of the cgroup; -1: none */
    bool unified;  /* cgroup v2; else the freezer hierarchy of v1, where what is frozen outlives SIGKILL */
};

enum freezer_state {
    FREEZER_GONE, /* so is the cgroup, and whoever was in it */
    FREEZER_THAWED,
    FREEZER_ASKED, /* some still run, for a moment */
    FREEZER_FROZEN,
};

/* Ask for it; 0, or -1 with errno. From any thread. */
int freezer_freeze(const struct freezer *freezer);
int freezer_thaw(const struct freezer *freezer);

/* What the kernel says. */
enum freezer_state freezer_state(const struct freezer *freezer);

/*
 * Note on the cgroup that whoever freezes it is one of us, and hold its lock, which goes with the last process that
 * has the directory open: what is noted and not locked was left behind. -1 with errno, EWOULDBLOCK where another has
 * it.
 */
int freezer_claim(const struct freezer *freezer);
void freezer_release(const struct freezer *freezer);

/* Whether it is noted, and nobody holds it: thaw it then. */
bool freezer_reclaim(const struct freezer *freezer);

#endif
