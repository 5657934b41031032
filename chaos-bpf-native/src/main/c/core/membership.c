// SPDX-License-Identifier: Apache-2.0
#include "membership.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* By whose mounts: the machine's, or those of the container that is a node; where we may not look at these, ours. */
static const char *const views[] = {"1", "self"};

struct mount {
    char root[MEMBERSHIP_PATH], point[MEMBERSHIP_PATH];
};

static bool is_unified(const char *controller)
{
    return !*controller;
}

static bool is_among(const char *names, const char *end, const char *name)
{
    size_t length = strlen(name);
    for (; names < end; names += strcspn(names, ",\n") + 1)
        if (!strncmp(names, name, length) && strchr(",:\n", names[length])) /* the end of the string is among these */
            return true;
    return false;
}

/* Of `4:memory:/docker/1f`, `2:cpu,cpuacct:/`, `1:name=systemd:/`, and of v2 `0::/docker/1f`. */
const char *membership_path(const char *line, const char *controller)
{
    const char *names = strchr(line, ':');
    const char *path = names ? strchr(++names, ':') : NULL;
    if (!path)
        return NULL;
    bool matches = is_unified(controller) ? !strncmp(line, "0::", 3) : is_among(names, path, controller);
    return matches ? path + 1 : NULL;
}

/* ID PARENT MAJOR:MINOR ROOT POINT OPTIONS FIELDS… - TYPE SOURCE OPTIONS; v1 has its controllers among the last. */
bool membership_mount(const char *line, const char *controller, char root[MEMBERSHIP_PATH], char point[MEMBERSHIP_PATH])
{
    char type[16];
    int options = 0;
    const char *rest = strstr(line, " - ");
    if (!rest || sscanf(line, "%*s %*s %*s %1023s %1023s", root, point) != 2)
        return false;
    if (sscanf(rest, " - %15s %*s %n", type, &options) != 1 || !options)
        return false;
    if (is_unified(controller))
        return !strcmp(type, "cgroup2");
    return !strcmp(type, "cgroup") && is_among(rest + options, rest + strlen(rest), controller);
}

/* What is behind a root, where a path is below that; else NULL. */
static const char *below(const char *root, const char *path)
{
    size_t length = strcmp(root, "/") ? strlen(root) : 0;
    return !strncmp(path, root, length) && (!path[length] || path[length] == '/') ? path + length : NULL;
}

/* Of several, the first that shows a path. */
static bool find_mount(const char *view, const char *controller, const char *path, struct mount *mount)
{
    char name[64];
    snprintf(name, sizeof name, "/proc/%s/mountinfo", view);
    FILE *file = fopen(name, "re");
    bool found = false;
    char *line = NULL;
    size_t size = 0;
    while (file && !found && getline(&line, &size, file) > 0)
        found = membership_mount(line, controller, mount->root, mount->point) && below(mount->root, path);
    free(line);
    if (file)
        fclose(file);
    return found;
}

static int read_path(pid_t pid, const char *controller, char path[MEMBERSHIP_PATH], struct failure *f)
{
    char name[64], *line = NULL;
    const char *found = NULL;
    size_t size = 0;
    snprintf(name, sizeof name, "/proc/%d/cgroup", pid);
    FILE *file = fopen(name, "re");
    if (!file)
        return fail_errno(f, errno == ENOENT ? NO_TARGET : FAILED, "reading %s", name);
    while (!found && getline(&line, &size, file) > 0)
        found = membership_path(line, controller);
    if (found)
        snprintf(path, MEMBERSHIP_PATH, "%.*s", (int)strcspn(found, "\n"), found);
    free(line);
    fclose(file);
    return found ? 0 : fail(f, UNSUPPORTED, 0, "%s names no cgroup of %s", name, *controller ? controller : "v2");
}

/* The kernel tells paths from the reader's namespace on. Where it is one of ours, take process 1's; returns ours. */
static int enter_namespace(void)
{
    struct stat own, first;
    if (stat("/proc/self/ns/cgroup", &own) || stat("/proc/1/ns/cgroup", &first) || own.st_ino == first.st_ino)
        return -1;
    int back = open("/proc/thread-self/ns/cgroup", O_RDONLY | O_CLOEXEC);
    int there = open("/proc/1/ns/cgroup", O_RDONLY | O_CLOEXEC);
    if (there >= 0)
        setns(there, CLONE_NEWCGROUP); /* refused: its paths are not found below, which is told */
    close(there);
    return back;
}

static void leave_namespace(int back)
{
    if (back < 0)
        return;
    setns(back, CLONE_NEWCGROUP);
    close(back);
}

static bool holds(int directory, pid_t pid)
{
    int fd = openat(directory, "cgroup.procs", O_RDONLY | O_CLOEXEC), one = 0;
    FILE *file = fd < 0 ? NULL : fdopen(fd, "r");
    bool found = false;
    while (file && !found && fscanf(file, "%d", &one) == 1)
        found = one == pid;
    if (file)
        fclose(file);
    return found;
}

static int open_in(const char *view, const char *controller, const char *path, char name[MEMBERSHIP_PATH],
                   struct failure *f)
{
    struct mount mount;
    if (!find_mount(view, controller, path, &mount))
        return fail(f, UNSUPPORTED, 0, "no cgroup hierarchy of %s that shows %s is in /proc/%s/mountinfo",
                    *controller ? controller : "v2", path, view);
    int length = snprintf(name, MEMBERSHIP_PATH, "/proc/%s/root%s%s", view, mount.point, below(mount.root, path));
    int directory = length < MEMBERSHIP_PATH ? open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    return directory < 0 ? fail_errno(f, FAILED, "opening %s", name) : directory;
}

/* A path that means something else here would be somebody else's cgroup: so look who is in it. */
static int open_by_path(pid_t pid, const char *controller, const char *path, struct failure *f)
{
    char name[MEMBERSHIP_PATH];
    for (size_t i = 0; i < sizeof views / sizeof *views; i++) {
        int directory = open_in(views[i], controller, path, name, f);
        if (directory >= 0 && holds(directory, pid))
            return directory;
        if (directory < 0)
            continue;
        close(directory);
        fail(f, NO_TARGET, 0, "process %d is not in %s, where /proc/%d/cgroup has it: it moved, or has ended", pid,
             name, pid);
    }
    return -1;
}

int membership_open(pid_t pid, const char *controller, char path[MEMBERSHIP_PATH], struct failure *f)
{
    int back = enter_namespace();
    int directory = read_path(pid, controller, path, f) ? -1 : open_by_path(pid, controller, path, f);
    leave_namespace(back);
    return directory;
}

int membership_root(const char *controller, char path[MEMBERSHIP_PATH], struct failure *f)
{
    int back = enter_namespace(), directory = -1;
    for (size_t i = 0; directory < 0 && i < sizeof views / sizeof *views; i++)
        directory = open_in(views[i], controller, "/", path, f);
    leave_namespace(back);
    return directory;
}
