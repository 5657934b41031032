// SPDX-License-Identifier: Apache-2.0
#ifndef GO_PROCESSORS_H
#define GO_PROCESSORS_H

#include <sys/types.h>

/*
 * How many threads of a Go program run Go code at the same time, as its runtime decides when the program begins:
 * GOMAXPROCS, else the CPUs that it may use, and from Go 1.25 on not more than its cgroup's limit, but two. A program
 * may set another number later; that is not seen.
 */
int go_processors(pid_t pid, const char *version);

#endif
