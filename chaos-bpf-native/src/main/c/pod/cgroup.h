// SPDX-License-Identifier: Apache-2.0
#ifndef CGROUP_H
#define CGROUP_H

/*
 * Write to files of cgroups, in order, given as path and text each: limits, and "0" to cgroup.procs, which takes us in.
 * A cgroup that is missing is made. What fails is said on stderr.
 */
int cgroup_enter(char **settings);

#endif
