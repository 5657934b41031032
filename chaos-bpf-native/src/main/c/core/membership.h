// SPDX-License-Identifier: Apache-2.0
/*
 * Where the cgroup of a process is, as a directory to open: by /proc/PID/cgroup and by what process 1 has mounted. An
 * agent in a pod has cgroup file systems of its own, which show less, and may be in a cgroup namespace of its own.
 */
#ifndef MEMBERSHIP_H
#define MEMBERSHIP_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "failure.h"

#define MEMBERSHIP_UNIFIED "" /* in place of a controller: cgroup v2, which has one hierarchy for all of them */
#define MEMBERSHIP_PATH 1024

/*
 * Open a process's cgroup in the hierarchy of a controller of v1 ("freezer", "memory"; "name=systemd"), or in that of
 * v2. Returns its directory, close-on-exec, and where that is in its hierarchy ("/" for the root, where every process
 * is that nobody put elsewhere); -1 with `unsupported` where process 1 has no such hierarchy mounted.
 */
int membership_open(pid_t pid, const char *controller, char path[MEMBERSHIP_PATH], struct failure *f);

/* Open the root of a hierarchy, and tell its path from here; -1 with the failure. */
int membership_root(const char *controller, char path[MEMBERSHIP_PATH], struct failure *f);

/* The path in a line of /proc/PID/cgroup; NULL where that is of another hierarchy. */
const char *membership_path(const char *line, const char *controller);

/* What a line of /proc/PID/mountinfo mounts of a hierarchy, and where; false where it is of another, or of none. */
bool membership_mount(const char *line, const char *controller, char root[MEMBERSHIP_PATH],
                      char point[MEMBERSHIP_PATH]);

#endif
