// SPDX-License-Identifier: Apache-2.0
#include "container.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "request.h"

#define MAX_PID 4194304
#define START_TIME_FIELD 22 /* proc_pid_stat(5) */

bool container_id_is_full(const char *id)
{
    return strspn(id, "0123456789abcdef") == CONTAINER_ID_LENGTH && !id[CONTAINER_ID_LENGTH];
}

static bool ends_with(const char *text, size_t length, const char *end)
{
    size_t n = strlen(end);
    return length >= n && !memcmp(text + length - n, end, n);
}

/*
 * `ID` (cgroupfs), `crio-ID` (its cgroupfs), `cri-containerd-ID.scope` (systemd), `cri-containerd:ID` (a systemd name
 * that a cgroupfs driver took as it was). Not `crio-conmon-ID.scope`: the monitor is older than its container, and runs
 * in the host's namespaces.
 */
static bool is_named_after(const char *id, const char *component, size_t length)
{
    if (ends_with(component, length, ".scope"))
        length -= strlen(".scope");
    if (!ends_with(component, length, id))
        return false;
    length -= CONTAINER_ID_LENGTH;
    if (ends_with(component, length, "conmon-"))
        return false;
    return length == 0 || component[length - 1] == '-' || component[length - 1] == ':';
}

bool container_owns_cgroup(const char *id, const char *line)
{
    const char *controllers = strchr(line, ':');
    const char *path = controllers ? strchr(controllers + 1, ':') : NULL;
    for (const char *component = path ? path + 1 : ""; *component;) {
        size_t length = strcspn(component, "/\n");
        if (is_named_after(id, component, length))
            return true;
        component += length + (component[length] != 0);
    }
    return false;
}

/* The name of the program, in parentheses, may hold spaces and parentheses itself. */
bool container_start_time(const char *stat, uint64_t *ticks)
{
    const char *field = strrchr(stat, ')');
    if (!field || field[1] != ' ' || strchr("ZXx", field[2]))
        return false;
    for (int n = 2; n < START_TIME_FIELD; n++)
        if (!(field = strchr(field + 1, ' ')))
            return false;
    char *end;
    *ticks = strtoull(field + 1, &end, 10);
    return end > field + 1;
}

static FILE *open_file_of(pid_t pid, const char *name)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/%s", pid, name);
    return fopen(path, "re");
}

static bool is_inside(pid_t pid, const char *id)
{
    FILE *file = open_file_of(pid, "cgroup");
    char *line = NULL;
    size_t size = 0;
    bool inside = false;
    while (file && !inside && getline(&line, &size, file) > 0)
        inside = container_owns_cgroup(id, line);
    free(line);
    if (file)
        fclose(file);
    return inside;
}

static bool started_at(pid_t pid, uint64_t *ticks)
{
    FILE *file = open_file_of(pid, "stat");
    char line[1024];
    bool alive = file && fgets(line, sizeof line, file) && container_start_time(line, ticks);
    if (file)
        fclose(file);
    return alive;
}

int container_find(const char *id, pid_t *pid, struct failure *f)
{
    uint64_t number, ticks, oldest = UINT64_MAX;
    int seen = 0;
    DIR *proc = opendir("/proc");
    if (!proc)
        return fail_errno(f, FAILED, "container=%s: reading /proc, where its process is looked for", id);
    for (struct dirent *entry; (entry = readdir(proc));) {
        if (!parse_number(entry->d_name, 1, MAX_PID, &number))
            continue;
        seen++;
        if (!is_inside((pid_t)number, id) || !started_at((pid_t)number, &ticks) || ticks >= oldest)
            continue;
        oldest = ticks;
        *pid = (pid_t)number;
    }
    closedir(proc);
    if (oldest != UINT64_MAX)
        return 0;
    return fail(f, NO_CONTAINER, 0,
                "container=%s: none of the %d processes that the agent sees lives in a cgroup of that name (/ID, -ID,"
                " :ID or -ID.scope in /proc/PID/cgroup)",
                id, seen);
}
