// SPDX-License-Identifier: Apache-2.0
#include "within.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#define STEP (O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

/* Go down by all of the path's names but, for a file, the last one, which is left in name. */
static int descend(int root, const char *path, char name[static NAME_MAX + 1], int is_file, mode_t mode)
{
    int at = openat(root, ".", STEP);
    while (at >= 0) {
        path += strspn(path, "/");
        size_t length = strcspn(path, "/");
        if (!length)
            return at;
        if (length > NAME_MAX || !strncmp(path, "..", length < 2 ? 2 : length)) {
            errno = EINVAL;
            break;
        }
        memcpy(name, path, length);
        name[length] = 0;
        path += length;
        if (is_file && !path[strspn(path, "/")])
            return at;
        (void)!mkdirat(at, name, mode);
        int next = openat(at, name, STEP);
        close(at);
        at = next;
    }
    if (at >= 0)
        close(at);
    return -1;
}

int within_directory(int root, const char *path)
{
    return within_made(root, path, 0755);
}

int within_made(int root, const char *path, mode_t mode)
{
    char name[NAME_MAX + 1];
    return descend(root, path, name, 0, mode);
}

int within_parent(const char *path, char name[static NAME_MAX + 1])
{
    int top = open("/", STEP), at = top < 0 ? -1 : descend(top, path, name, 1, 0755);
    if (top >= 0)
        close(top);
    return at;
}

int within_file(int root, const char *path, int flags)
{
    char name[NAME_MAX + 1] = "";
    int at = descend(root, path, name, 1, 0755);
    if (at < 0)
        return -1;
    int fd = openat(at, name, O_CREAT | O_NOFOLLOW | O_CLOEXEC | flags, 0644);
    close(at);
    return fd;
}

static void name_of(char path[static 32], int fd)
{
    snprintf(path, 32, "/proc/self/fd/%d", fd);
}

/* A bind mount takes its flags only when it is mounted anew, by the path that now leads to it. */
int within_bind(int root, int fd, const char *source, const char *target, unsigned long flags)
{
    char path[32], below[PATH_MAX];
    name_of(path, fd);
    int rc = mount(source, path, NULL, MS_BIND, NULL);
    close(fd);
    if (rc || !flags)
        return rc;
    name_of(path, root);
    if ((size_t)snprintf(below, sizeof below, "%s/%s", path, target) >= sizeof below) {
        errno = ENAMETOOLONG;
        return -1;
    }
    return mount(NULL, below, NULL, MS_BIND | MS_REMOUNT | flags, NULL);
}

int within_mount(int root, const char *target, const char *type, unsigned long flags, const char *options)
{
    char path[32];
    int fd = within_directory(root, target);
    if (fd < 0)
        return -1;
    name_of(path, fd);
    int rc = mount(type, path, type, flags, options);
    close(fd);
    return rc;
}
