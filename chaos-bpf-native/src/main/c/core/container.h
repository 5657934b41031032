// SPDX-License-Identifier: Apache-2.0
/* Which process is a container? Asked of /proc alone, so that no container runtime has to be known or reached. */
#ifndef CONTAINER_H
#define CONTAINER_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "failure.h"

#define CONTAINER_ID_LENGTH 64

/* The oldest process of a container, which is the one it was started for. */
int container_find(const char *id, pid_t *pid, struct failure *f);

/* A full id, 64 lower-case hexadecimal digits. A prefix could name two containers. */
bool container_id_is_full(const char *id);

/* Whether a line of /proc/PID/cgroup (any hierarchy of cgroup v1, or v2) leads through the cgroup of a container. */
bool container_owns_cgroup(const char *id, const char *line);

/* The start time in a line of /proc/PID/stat, in clock ticks since boot; false for a process that is dead already. */
bool container_start_time(const char *stat, uint64_t *ticks);

#endif
