// SPDX-License-Identifier: Apache-2.0
#include "inside.h"

#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* The last one takes /proc away that the others are found in. */
static const char *const kinds[] = {"pid", "ipc", "uts", "net", "mnt"};
#define COUNT (sizeof kinds / sizeof *kinds)

static int failed(const char *process, const char *what)
{
    fprintf(stderr, "chaos-agent exec: process %s: %s: %m\n", process, what);
    return -1;
}

/* All of the same process, which may end meanwhile: what /proc/PID was opened as is never another one. */
static int join(int directory, const char *process)
{
    int namespaces[COUNT], rc = 0;
    for (size_t i = 0; i < COUNT; i++)
        if ((namespaces[i] = openat(directory, kinds[i], O_RDONLY | O_CLOEXEC)) < 0 && !rc)
            rc = failed(process, kinds[i]);
    for (size_t i = 0; i < COUNT; i++) {
        if (!rc && setns(namespaces[i], 0))
            rc = failed(process, kinds[i]);
        if (namespaces[i] >= 0)
            close(namespaces[i]);
    }
    return rc;
}

int inside_join(const char *process)
{
    char path[64];
    struct stat before, after;
    snprintf(path, sizeof path, "/proc/%s/ns", process);
    int directory = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0 || stat("/", &before))
        return failed(process, "its namespaces");
    int rc = join(directory, process);
    close(directory);
    if (rc || stat("/", &after))
        return -1;
    if (before.st_dev != after.st_dev || before.st_ino != after.st_ino)
        return 0;
    fprintf(stderr, "chaos-agent exec: process %s has no root of its own yet\n", process);
    return -1;
}
