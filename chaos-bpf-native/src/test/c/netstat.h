// SPDX-License-Identifier: Apache-2.0
/* What TCP counts in a network namespace. */
#ifndef NETSTAT_H
#define NETSTAT_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

/* Of /proc/PID/net/FILE: a line of names, then one of values; -1 when it is not there. */
static inline long net_counter(pid_t pid, const char *net_file, const char *name)
{
    char path[64], names[8192], values[8192], *name_rest, *value_rest;
    long found = -1;
    snprintf(path, sizeof path, "/proc/%d/net/%s", pid, net_file);
    FILE *file = fopen(path, "r");
    while (file && fgets(names, sizeof names, file) && fgets(values, sizeof values, file)) {
        char *n = strtok_r(names, " \n", &name_rest), *v = strtok_r(values, " \n", &value_rest);
        for (; n && v; n = strtok_r(NULL, " \n", &name_rest), v = strtok_r(NULL, " \n", &value_rest))
            if (!strcmp(n, name))
                found = atol(v);
    }
    if (file)
        fclose(file);
    return found;
}

static inline long netstat_of(pid_t pid, const char *name)
{
    return net_counter(pid, "netstat", name);
}

/* How often packets that came out of order were noticed, in each of the ways that there are. */
static inline long netstat_reordered(pid_t pid)
{
    return netstat_of(pid, "TCPSACKReorder") + netstat_of(pid, "TCPRenoReorder") + netstat_of(pid, "TCPTSReorder");
}

#endif
