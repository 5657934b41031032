// SPDX-License-Identifier: Apache-2.0
#include "cgroup.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "within.h"

static int set(const char *path, const char *text)
{
    char name[NAME_MAX + 1] = "";
    int at = within_parent(path, name), fd = at < 0 ? -1 : openat(at, name, O_WRONLY | O_CLOEXEC);
    int rc = fd < 0 || write(fd, text, strlen(text)) < 0;
    if (at >= 0)
        close(at);
    if (fd >= 0)
        close(fd);
    return rc;
}

int cgroup_enter(char **settings)
{
    for (; settings[0] && settings[1]; settings += 2)
        if (set(settings[0], settings[1])) {
            fprintf(stderr, "chaos-agent contain: %s to %s: %m\n", settings[1], settings[0]);
            return -1;
        }
    return 0;
}
