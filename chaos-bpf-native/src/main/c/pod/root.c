// SPDX-License-Identifier: Apache-2.0
#include "root.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "contain.h"
#include "standard.h"
#include "tree.h"
#include "volume.h"
#include "within.h"

static int copy(int root, const char *source, const char *target)
{
    int from = open(source, O_RDONLY | O_CLOEXEC), to = from < 0 ? -1 : within_file(root, target, O_WRONLY | O_TRUNC);
    ssize_t n = 1;
    if (to < 0)
        return -1;
    while ((n = sendfile(to, from, NULL, 1 << 20)) > 0)
        ;
    int rc = n || fchmod(to, 0644);
    close(from);
    close(to);
    return rc;
}

static int show(int root, const char *source, const char *target, unsigned long flags)
{
    struct stat file;
    if (stat(source, &file))
        return -1;
    int fd = S_ISDIR(file.st_mode) ? within_directory(root, target) : within_file(root, target, O_RDONLY);
    return fd < 0 ? -1 : within_bind(root, fd, source, target, flags);
}

static int add(int root, const char *kind, const char *source, const char *target)
{
    const unsigned long safe = MS_NOSUID | MS_NODEV;
    if (!strcmp(kind, "bind"))
        return show(root, source, target, safe | MS_RDONLY);
    if (!strcmp(kind, "share"))
        return show(root, source, target, safe);
    return copy(root, source, target);
}

/* The old root lies on top of the new one for a moment, and is then let go. */
static int pivot(int root)
{
    return fchdir(root) || syscall(SYS_pivot_root, ".", ".") || umount2(".", MNT_DETACH) || chdir("/");
}

static int add_all(int root, const struct plan *plan)
{
    if (standard_mounts(root, plan->read_only))
        return contain_failed("what every container has");
    for (char **file = plan->files; file[0] && file[1] && file[2]; file += 3)
        if (add(root, file[0], file[1], file[2])) {
            fprintf(stderr, "chaos-agent contain: %s as %s: %m\n", file[1], file[2]);
            return -1;
        }
    if (volume_files(plan->given) || volume_mounts(root, plan->volumes))
        return -1;
    int start = within_directory(root, plan->cwd);
    if (start >= 0) /* it may lead through links of a volume: whether it can be gone to shows later */
        close(start);
    return plan->read_only && tree_protect(root) ? contain_failed("a read-only root") : 0;
}

int root_make(const char *directory, const struct plan *plan)
{
    umask(022);
    if (mount("chaos-junit-root", directory, "tmpfs", MS_NOSUID | MS_NODEV, "mode=0755"))
        return contain_failed("a root of its own");
    int root = open(directory, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (root < 0)
        return contain_failed(directory);
    if (!add_all(root, plan))
        return root;
    close(root);
    return -1;
}

int root_enter(int root)
{
    int rc = pivot(root);
    close(root);
    return rc ? contain_failed("going to the root of its own") : 0;
}
