// SPDX-License-Identifier: Apache-2.0
#include "volume.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tree.h"
#include "within.h"

#define EVERYBODY 0777

static gid_t group_of(const char *text)
{
    return (gid_t)strtol(text, NULL, 10);
}

static int digit(char c)
{
    return c <= '9' ? c - '0' : c - 'a' + 10;
}

/* In place. */
static size_t bytes_of(char *hex)
{
    size_t n = 0;
    for (; hex[2 * n] && hex[2 * n + 1]; n++)
        hex[n] = (char)(digit(hex[2 * n]) << 4 | digit(hex[2 * n + 1]));
    return n;
}

static int write_file(const char *path, mode_t mode, gid_t group, char *hex)
{
    char name[NAME_MAX + 1] = "";
    int at = within_parent(path, name);
    int fd = at < 0 ? -1 : openat(at, name, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (at >= 0)
        close(at);
    if (fd < 0)
        return -1;
    size_t size = bytes_of(hex);
    errno = ENOSPC; /* when not all is written */
    int rc = write(fd, hex, size) != (ssize_t)size || fchown(fd, (uid_t)-1, group) || fchmod(fd, mode);
    close(fd);
    return rc ? -1 : 0;
}

int volume_files(char **files)
{
    for (; files[0] && files[1] && files[2] && files[3]; files += 4)
        if (write_file(files[0], (mode_t)strtoul(files[1], NULL, 8), group_of(files[2]), files[3])) {
            fprintf(stderr, "chaos-agent contain: the volume's file %s: %m\n", files[0]);
            return -1;
        }
    return 0;
}

/* A group of its own is that of all that is made in it. */
static int open_volume(const char *path, gid_t group)
{
    char name[NAME_MAX + 1] = "";
    int at = within_parent(path, name);
    if (at < 0)
        return -1;
    int fresh = !mkdirat(at, name, EVERYBODY);
    int volume = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    close(at);
    if (volume >= 0 && fresh && group != (gid_t)-1 &&
        (fchown(volume, (uid_t)-1, group) || fchmod(volume, S_ISGID | EVERYBODY))) {
        close(volume);
        return -1;
    }
    return volume;
}

static int open_part(int volume, const char *part)
{
    struct open_how how = {
        .flags = O_PATH | O_CLOEXEC,
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
    };
    int fd = (int)syscall(SYS_openat2, volume, *part ? part : ".", &how, sizeof how);
    return fd < 0 && errno == ENOENT ? within_made(volume, part, EVERYBODY) : fd;
}

/* A file to be hidden may be a pipe that somebody made. */
static int open_target(int root, const char *target, int part)
{
    struct stat file;
    if (fstat(part, &file))
        return -1;
    return S_ISDIR(file.st_mode) ? within_directory(root, target) : within_file(root, target, O_RDONLY | O_NONBLOCK);
}

/* The mount, which still can be written to: others may have to be made in it. */
static int show(int root, const char *path, gid_t group, const char *part_name, const char *target_name)
{
    int volume = open_volume(path, group), part = volume < 0 ? -1 : open_part(volume, part_name);
    int tree = part < 0 ? -1 : tree_clone(part);
    int target = tree < 0 ? -1 : open_target(root, target_name, part);
    int rc = target < 0 ? -1 : tree_place(tree, target);
    int error = errno;
    int opened[] = {volume, part, target, rc ? tree : -1};
    for (size_t i = 0; i < sizeof opened / sizeof *opened; i++)
        if (opened[i] >= 0)
            close(opened[i]);
    errno = error;
    return rc ? -1 : tree;
}

static int show_all(int root, char **volumes)
{
    if (!(volumes[0] && volumes[1] && volumes[2] && volumes[3] && volumes[4]))
        return 0;
    int tree = show(root, volumes[0], group_of(volumes[1]), volumes[2], volumes[3]);
    if (tree < 0) {
        fprintf(stderr, "chaos-agent contain: volume %s%s%s at %s: %m\n", volumes[0], *volumes[2] ? ", in it " : "",
                volumes[2], volumes[3]);
        return -1;
    }
    int rc = show_all(root, volumes + 5);
    if (!rc && !strcmp(volumes[4], "ro") && (rc = tree_protect(tree)))
        fprintf(stderr, "chaos-agent contain: %s read-only: %m\n", volumes[3]);
    close(tree);
    return rc;
}

int volume_mounts(int root, char **volumes)
{
    mode_t before = umask(0);
    int rc = show_all(root, volumes);
    umask(before);
    return rc;
}
