// SPDX-License-Identifier: Apache-2.0
#include "sudo.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* By the file itself, whatever links lead there; by name where the directory that it counts from may be another now. */
static bool is_us(const char *path, const char *own_path, const struct stat *own)
{
    struct stat named;
    if (path[0] != '/' && !strchr(path, ' ') && !strcmp(base_name(path), base_name(own_path)))
        return true;
    return !stat(path, &named) && named.st_dev == own->st_dev && named.st_ino == own->st_ino;
}

bool sudo_names_us(const char *command)
{
    char path[PATH_MAX], own_path[PATH_MAX];
    struct stat own;
    ssize_t n = readlink("/proc/self/exe", own_path, sizeof own_path - 1);
    if (!command)
        return false;
    if (n < 0 || stat("/proc/self/exe", &own))
        return true; /* who we are cannot be said */
    own_path[n] = 0;
    for (size_t length = strcspn(command, " "); length < sizeof path;
         length += 1 + strcspn(command + length + 1, " ")) {
        snprintf(path, sizeof path, "%.*s", (int)length, command);
        if (is_us(path, own_path, &own))
            return true;
        if (!command[length])
            break;
    }
    return false;
}

bool sudo_refuses(const char *verb)
{
    if (!sudo_names_us(getenv("SUDO_COMMAND")))
        return false;
    fprintf(stderr,
            "chaos-agent %s: refused, as sudo started it itself: who may use it so would be root; it is for root's own "
            "shells\n",
            verb);
    return true;
}
