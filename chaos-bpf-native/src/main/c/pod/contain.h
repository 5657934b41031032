// SPDX-License-Identifier: Apache-2.0
#ifndef CONTAIN_H
#define CONTAIN_H

/* `chaos-agent contain PLAN DIRECTORY`: become the program of a plan (plan.h), as a container's first process: with a
 * root of its own on an empty directory, and no more rights than the plan gives. */
int contain_main(const char *plan, const char *directory);

/* Says on standard error what could not be done, and why by errno; -1. */
int contain_failed(const char *what);

#endif
