// SPDX-License-Identifier: Apache-2.0
#include "resources.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "descriptors.h"
#include "membership.h"

#define MILLION 1000000
#define NO_LIMIT_FROM (1ull << 60) /* v1 writes what it could count at most */

static bool is_same(int one, int other)
{
    struct stat mine, theirs;
    return !fstat(one, &mine) && !fstat(other, &theirs) && mine.st_ino == theirs.st_ino && mine.st_dev == theirs.st_dev;
}

/* A root's is all of the machine's, and the helper's own is not the container's. */
static bool is_shared(int directory, const char *path, const char *controller)
{
    char ours[MEMBERSHIP_PATH];
    struct failure unused;
    if (!strcmp(path, "/"))
        return true;
    int helper = membership_open(getpid(), controller, ours, &unused);
    bool shared = helper >= 0 && is_same(directory, helper);
    if (helper >= 0)
        close(helper);
    return shared;
}

/* A controller is in a hierarchy of v1 or in that of v2. */
static struct resource open_resource(pid_t pid, const char *controller)
{
    char path[MEMBERSHIP_PATH];
    struct failure unused;
    int directory = membership_open(pid, controller, path, &unused);
    bool unified = directory < 0;
    if (unified)
        directory = membership_open(pid, controller = MEMBERSHIP_UNIFIED, path, &unused);
    if (directory >= 0 && is_shared(directory, path, controller)) {
        close(directory);
        directory = -1;
    }
    return (struct resource){directory, unified};
}

void resources_open(pid_t pid, struct resources *resources)
{
    resources->cpu = open_resource(pid, "cpu");
    resources->cpuacct = open_resource(pid, "cpuacct");
    resources->memory = open_resource(pid, "memory");
}

void resources_close(struct resources *resources)
{
    const int all[] = {resources->cpu.directory, resources->cpuacct.directory, resources->memory.directory};
    descriptors_close(all, 3);
}

/* What follows a key at the beginning of a line, or, without one, the beginning; NULL where there is none. */
static const char *after(const char *text, const char *key)
{
    size_t length = key ? strlen(key) : 0;
    for (const char *line = text; key && line; line = strchr(line, '\n'), line = line ? line + 1 : NULL)
        if (!strncmp(line, key, length) && line[length] == ' ')
            return line + length + 1;
    return key ? NULL : text;
}

/* `max` and -1 are no limit. */
static uint64_t number(const char *text, char **end)
{
    uint64_t value = text && *text >= '0' && *text <= '9' ? strtoull(text, end, 10) : RESOURCES_NONE;
    return value >= NO_LIMIT_FROM ? RESOURCES_NONE : value;
}

static bool read_file(const struct resource *resource, const char *name, char text[8192])
{
    int fd = resource->directory < 0 ? -1 : openat(resource->directory, name, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, text, 8191);
    if (fd >= 0)
        close(fd);
    text[n > 0 ? n : 0] = 0;
    return n > 0;
}

static uint64_t figure(const struct resource *resource, const char *name, const char *key)
{
    char text[8192], *end;
    return read_file(resource, name, text) ? number(after(text, key), &end) : RESOURCES_NONE;
}

static uint64_t times(uint64_t value, uint64_t factor)
{
    return value == RESOURCES_NONE ? value : value * factor;
}

/* QUOTA PERIOD */
static uint64_t unified_cpu_limit(const struct resource *cpu)
{
    char text[8192], *end = NULL;
    uint64_t quota = read_file(cpu, "cpu.max", text) ? number(text, &end) : RESOURCES_NONE;
    uint64_t period = quota == RESOURCES_NONE ? 0 : strtoull(end, NULL, 10);
    return period ? quota * MILLION / period : RESOURCES_NONE;
}

uint64_t resources_cpu_limit(const struct resources *resources)
{
    const struct resource *cpu = &resources->cpu;
    if (cpu->unified)
        return unified_cpu_limit(cpu);
    uint64_t quota = figure(cpu, "cpu.cfs_quota_us", NULL), period = figure(cpu, "cpu.cfs_period_us", NULL);
    return quota == RESOURCES_NONE || period == RESOURCES_NONE || !period ? RESOURCES_NONE : quota * MILLION / period;
}

uint64_t resources_cpu_ns(const struct resources *resources)
{
    const struct resource *cpuacct = &resources->cpuacct;
    return cpuacct->unified ? times(figure(cpuacct, "cpu.stat", "usage_usec"), 1000)
                            : figure(cpuacct, "cpuacct.usage", NULL);
}

uint64_t resources_throttled_ns(const struct resources *resources)
{
    const struct resource *cpu = &resources->cpu;
    return cpu->unified ? times(figure(cpu, "cpu.stat", "throttled_usec"), 1000)
                        : figure(cpu, "cpu.stat", "throttled_time");
}

uint64_t resources_memory_limit(const struct resources *resources)
{
    const struct resource *memory = &resources->memory;
    return memory->unified ? figure(memory, "memory.max", NULL)
                           : figure(memory, "memory.stat", "hierarchical_memory_limit");
}

uint64_t resources_memory(const struct resources *resources)
{
    const struct resource *memory = &resources->memory;
    return figure(memory, memory->unified ? "memory.current" : "memory.usage_in_bytes", NULL);
}

uint64_t resources_memory_kept(const struct resources *resources)
{
    const struct resource *memory = &resources->memory;
    uint64_t used = resources_memory(resources);
    uint64_t idle = figure(memory, "memory.stat", memory->unified ? "inactive_file" : "total_inactive_file");
    uint64_t active = figure(memory, "memory.stat", memory->unified ? "active_file" : "total_active_file");
    if (used == RESOURCES_NONE || idle == RESOURCES_NONE || active == RESOURCES_NONE)
        return used;
    return used > idle + active ? used - idle - active : 0;
}

uint64_t resources_oom_kills(const struct resources *resources)
{
    const struct resource *memory = &resources->memory;
    return figure(memory, memory->unified ? "memory.events" : "memory.oom_control", "oom_kill");
}
