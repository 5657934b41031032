// SPDX-License-Identifier: Apache-2.0
/*
 * Running a function in another network namespace, on a short-lived thread of our own: a Java thread must never be
 * moved. Descriptors made there (sockets, links, a TAP) work from any thread afterwards.
 */
#ifndef NETNS_H
#define NETNS_H

#include <sys/types.h>

#include "failure.h"

typedef int netns_function(void *arg, struct failure *f);

/* In the namespace of process pid, found by a pidfd (needs no /proc). Refuses the helper's own namespace. */
int netns_run_of(pid_t pid, netns_function *run, void *arg, struct failure *f);

/* In a new namespace that holds nothing but `lo` and ends with the call. */
int netns_run_private(netns_function *run, void *arg, struct failure *f);

#endif
