// SPDX-License-Identifier: Apache-2.0
#include "go_processors.h"

#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OF_CGROUP_SINCE 25 /* go1.25 */

/* 0: not set, or to no number. */
static int from_environment(pid_t pid)
{
    static const char name[] = "GOMAXPROCS=";
    char path[64], *variable = NULL;
    size_t size = 0;
    int processors = 0;
    snprintf(path, sizeof path, "/proc/%d/environ", pid);
    FILE *file = fopen(path, "re");
    while (file && !processors && getdelim(&variable, &size, 0, file) > 0)
        if (!strncmp(variable, name, sizeof name - 1))
            processors = atoi(variable + sizeof name - 1);
    if (file)
        fclose(file);
    free(variable);
    return processors > 0 ? processors : 0;
}

/* Rounded up; 0: no limit, or none that can be seen from here. */
static int from_cgroup(pid_t pid)
{
    char path[64], group[2048], limit[2048 + 64];
    long quota = 0, period = 0;
    snprintf(path, sizeof path, "/proc/%d/cgroup", pid);
    FILE *file = fopen(path, "re");
    bool found = file && fscanf(file, "0::%2047s", group) == 1;
    if (file)
        fclose(file);
    snprintf(limit, sizeof limit, "/sys/fs/cgroup%s/cpu.max", found ? group : "");
    file = found ? fopen(limit, "re") : NULL;
    bool limited = file && fscanf(file, "%ld %ld", &quota, &period) == 2 && quota > 0 && period > 0;
    if (file)
        fclose(file);
    if (!limited)
        return 0;
    long processors = (quota + period - 1) / period;
    return processors < 2 ? 2 : (int)processors;
}

int go_processors(pid_t pid, const char *version)
{
    int minor = 0, processors = from_environment(pid);
    cpu_set_t allowed;
    if (processors)
        return processors;
    processors = sched_getaffinity(pid, sizeof allowed, &allowed) ? 1 : CPU_COUNT(&allowed);
    int limit = sscanf(version, "go1.%d", &minor) == 1 && minor >= OF_CGROUP_SINCE ? from_cgroup(pid) : 0;
    return limit && limit < processors ? limit : processors;
}
