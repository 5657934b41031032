// SPDX-License-Identifier: Apache-2.0
/* The freezers of a pod: one for each of its containers. */
#ifndef FROZEN_POD_H
#define FROZEN_POD_H

#include "freezer.h"
#include "target.h"

#define FROZEN_POD_MAX 16

struct frozen_pod {
    struct freezer freezer[FROZEN_POD_MAX];
    int count;
};

/*
 * Find them from the first process of a container, whose full id is given, or NULL. What is no pod's is refused: a
 * cgroup that others of the machine are in as well, the root, our own.
 */
int frozen_pod_find(struct frozen_pod *pod, pid_t pid, const char *container, bool unified, struct failure *f);
void frozen_pod_close(struct frozen_pod *pod);

/* Whether all of its containers stand still; whether none is to. Those that are gone do neither. */
bool frozen_pod_stands(const struct frozen_pod *pod);
bool frozen_pod_goes_on(const struct frozen_pod *pod);

void frozen_pod_freeze(const struct frozen_pod *pod);
void frozen_pod_thaw(const struct frozen_pod *pod);

/* None is claimed where one cannot be. */
int frozen_pod_claim(const struct frozen_pod *pod, struct failure *f);
void frozen_pod_release(const struct frozen_pod *pod);

/* Of a cgroup's path, how long the part is that names its pod; 0 where it is in none. */
size_t frozen_pod_name(const char *path);

#endif
