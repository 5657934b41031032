// SPDX-License-Identifier: Apache-2.0
#ifndef EXEC_H
#define EXEC_H

/*
 * `chaos-agent exec PLAN PROCESS MILLISECONDS CGROUP...`: run the program of a plan (plan.h; its files are there
 * already) to its end in the container of a process, in these cgroups, and kill it when its time is over. Prints "exit
 * CODE", "signal NUMBER" or "timeout" in a line, and then what the program printed at first. The arguments end in a
 * NULL. 0 if it ran, else 1 after words on stderr: there may be no such program.
 */
int exec_main(char **arguments);

#endif
