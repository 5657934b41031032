// SPDX-License-Identifier: Apache-2.0
#include "standard.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "within.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const unsigned long inert = MS_NOSUID | MS_NODEV | MS_NOEXEC;

static const char *const devices[] = {"null", "zero", "full", "random", "urandom", "tty"};
static const char *const links[][2] = {
    {"/proc/self/fd", "dev/fd"},       {"/proc/self/fd/0", "dev/stdin"}, {"/proc/self/fd/1", "dev/stdout"},
    {"/proc/self/fd/2", "dev/stderr"}, {"pts/ptmx", "dev/ptmx"},
};

/* Relative to the root, as is what follows: there is no link on the way in file systems that the kernel makes. */
static const char *const settings[] = {"proc/bus", "proc/fs", "proc/irq", "proc/sys", "proc/sysrq-trigger"};
static const char *const hidden[] = {
    "proc/acpi",          "proc/asound",         "proc/interrupts",  "proc/kcore",       "proc/keys",
    "proc/latency_stats", "proc/timer_list",     "proc/timer_stats", "proc/sched_debug", "proc/scsi",
    "proc/kmsg",          "proc/kallsyms",       "sys/firmware",     "sys/kernel/debug", "sys/fs/bpf",
    "sys/fs/cgroup",      "sys/kernel/security",
};

static int make_devices(int root)
{
    char source[32], target[32];
    if (within_mount(root, "/dev", "tmpfs", MS_NOSUID | MS_NOEXEC, "mode=0755,size=64k") ||
        within_mount(root, "/dev/pts", "devpts", MS_NOSUID | MS_NOEXEC, "newinstance,ptmxmode=0666,mode=0620") ||
        within_mount(root, "/dev/shm", "tmpfs", inert, "mode=1777,size=64m") ||
        within_mount(root, "/dev/mqueue", "mqueue", inert, NULL))
        return -1;
    for (size_t i = 0; i < COUNT(devices); i++) {
        snprintf(source, sizeof source, "/dev/%s", devices[i]);
        snprintf(target, sizeof target, "/dev/%s", devices[i]);
        int fd = within_file(root, target, O_RDONLY);
        if (fd < 0 || within_bind(root, fd, source, target, 0))
            return -1;
    }
    for (size_t i = 0; i < COUNT(links); i++)
        if (symlinkat(links[i][0], root, links[i][1]))
            return -1;
    return 0;
}

/* Not every kernel has each of them. */
static int over(int root, const char *path, int hide)
{
    struct stat there;
    if (fstatat(root, path, &there, AT_SYMLINK_NOFOLLOW))
        return errno == ENOENT ? 0 : -1;
    char below[96];
    snprintf(below, sizeof below, "/proc/self/fd/%d/%s", root, path);
    if (hide && S_ISDIR(there.st_mode))
        return mount("tmpfs", below, "tmpfs", inert | MS_RDONLY, "size=0,nr_inodes=2");
    return mount(hide ? "/dev/null" : below, below, NULL, MS_BIND, NULL) ||
           (!hide && mount(NULL, below, NULL, MS_BIND | MS_REMOUNT | MS_RDONLY | inert, NULL));
}

/* A plain directory where the root is to be read-only. */
static int make_tmp(int root, int read_only)
{
    if (!read_only)
        return within_mount(root, "/tmp", "tmpfs", MS_NOSUID | MS_NODEV, "mode=1777");
    int fd = within_directory(root, "/tmp");
    if (fd >= 0)
        close(fd);
    return fd < 0;
}

int standard_mounts(int root, int read_only)
{
    if (within_mount(root, "/proc", "proc", inert, NULL) ||
        within_mount(root, "/sys", "sysfs", inert | MS_RDONLY, NULL) || make_tmp(root, read_only) || make_devices(root))
        return -1;
    for (size_t i = 0; i < COUNT(settings); i++)
        if (over(root, settings[i], 0))
            return -1;
    for (size_t i = 0; i < COUNT(hidden); i++)
        if (over(root, hidden[i], 1))
            return -1;
    return 0;
}
