// SPDX-License-Identifier: Apache-2.0
/* What a container may use, and uses, by its cgroups: one of v2, or one of v1 for each controller. */
#ifndef RESOURCES_H
#define RESOURCES_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "failure.h"

#define RESOURCES_NONE UINT64_MAX /* no limit, or no such figure here */

struct resource {
    int directory; /* of the cgroup; -1: the container has none of its own */
    bool unified;  /* of v2 */
};

struct resources {
    struct resource cpu, cpuacct, memory;
};

/* Those of a process. One that is the helper's own as well, or the root, is none of a container. */
void resources_open(pid_t pid, struct resources *resources);
void resources_close(struct resources *resources);

/* The rest calls nothing that allocates: also for a forked child. */

uint64_t resources_cpu_limit(const struct resources *resources); /* millionths of a processor */
uint64_t resources_cpu_ns(const struct resources *resources);    /* used since it began */
uint64_t resources_throttled_ns(const struct resources *resources);

uint64_t resources_memory_limit(const struct resources *resources); /* bytes; of v1 also that of cgroups above */
uint64_t resources_memory(const struct resources *resources);       /* used now */
uint64_t
resources_memory_kept(const struct resources *resources);        /* of these, what no cache of files could give back */
uint64_t resources_oom_kills(const struct resources *resources); /* since it began */

#endif
