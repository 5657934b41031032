// SPDX-License-Identifier: Apache-2.0
/* A container to be stressed: a process in cgroups of its own with limits, of v1 or v2, as this machine has them. */
#ifndef STRESSED_H
#define STRESSED_H

#include <errno.h>
#include <mntent.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

#define STRESSED_MEMORY (64 << 20) /* its limits */
#define STRESSED_CPU_PERCENT 50

struct stressed {
    pid_t pid;
    bool unified;
    char cpu[256], cpuacct[256], memory[256]; /* cgroups; of v2 one */
};

static inline bool write_to(const char *directory, const char *name, const char *text)
{
    char path[320];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "we");
    if (!file)
        return false;
    bool written = fputs(text, file) >= 0;
    return !fclose(file) && written;
}

/* What follows a key in a file of a cgroup, or without one what it begins with; -1: it has none. */
static inline long long figure(const char *directory, const char *name, const char *key)
{
    char path[320], word[64];
    long long value = -1;
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "re");
    if (file && !key && fscanf(file, "%lld", &value) != 1)
        value = -1;
    while (file && key && fscanf(file, "%63s %lld", word, &value) == 2 && strcmp(word, key))
        value = -1;
    if (file)
        fclose(file);
    return value;
}

static inline bool find_mount(const char *controller, char point[200])
{
    FILE *mounts = setmntent("/proc/mounts", "re");
    bool found = false;
    for (struct mntent *mount; mounts && !found && (mount = getmntent(mounts));) {
        found = controller ? !strcmp(mount->mnt_type, "cgroup") && hasmntopt(mount, controller)
                           : !strcmp(mount->mnt_type, "cgroup2");
        snprintf(point, 200, "%s", mount->mnt_dir);
    }
    if (mounts)
        endmntent(mounts);
    return found;
}

static inline void make_cgroup(struct stressed *made, const char *controller, char *directory)
{
    static int number;
    char point[200];
    made->unified = !find_mount(controller, point);
    if (made->unified && find_mount(NULL, point))
        write_to(point, "cgroup.subtree_control", "+cpu +memory");
    snprintf(directory, 256, "%s/chaos-test-%d-%d", point, getpid(), number++);
    CHECK(!mkdir(directory, 0755));
}

static inline void limit_it(const struct stressed *made)
{
    char bytes[32];
    snprintf(bytes, sizeof bytes, "%d", STRESSED_MEMORY);
    if (made->unified) {
        CHECK(write_to(made->memory, "memory.max", bytes) && write_to(made->cpu, "cpu.max", "50000 100000"));
        write_to(made->memory, "memory.swap.max", "0");
        return;
    }
    CHECK(write_to(made->memory, "memory.limit_in_bytes", bytes));
    write_to(made->memory, "memory.memsw.limit_in_bytes", bytes);
    CHECK(write_to(made->cpu, "cpu.cfs_period_us", "100000") && write_to(made->cpu, "cpu.cfs_quota_us", "50000"));
}

/* Waits for its end, which comes with ours. */
static inline pid_t first_process(const struct stressed *made)
{
    pid_t pid = (pid_t)syscall(SYS_clone, CLONE_NEWPID | SIGCHLD, NULL, NULL, NULL, NULL);
    if (!pid) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        for (;;)
            pause();
    }
    char number[16];
    snprintf(number, sizeof number, "%d", pid);
    CHECK(pid > 0 && write_to(made->cpu, "cgroup.procs", number) && write_to(made->memory, "cgroup.procs", number) &&
          write_to(made->cpuacct, "cgroup.procs", number));
    return pid;
}

static inline struct stressed stressed_start(void)
{
    struct stressed made = {.pid = 0};
    make_cgroup(&made, "memory", made.memory);
    if (made.unified) {
        strcpy(made.cpu, made.memory);
        strcpy(made.cpuacct, made.memory);
    } else {
        make_cgroup(&made, "cpu", made.cpu);
        make_cgroup(&made, "cpuacct", made.cpuacct);
    }
    limit_it(&made);
    made.pid = first_process(&made);
    return made;
}

static inline long long stressed_memory(const struct stressed *made)
{
    return figure(made->memory, made->unified ? "memory.current" : "memory.usage_in_bytes", NULL);
}

static inline long long stressed_cpu_ms(const struct stressed *made)
{
    return made->unified ? figure(made->cpuacct, "cpu.stat", "usage_usec") / 1000
                         : figure(made->cpuacct, "cpuacct.usage", NULL) / 1000000;
}

/* The processes in it, up to 16, but its first. */
static inline int stressed_others(const struct stressed *made, pid_t others[16])
{
    char path[320];
    int count = 0, one;
    snprintf(path, sizeof path, "%s/cgroup.procs", made->memory);
    FILE *file = fopen(path, "re");
    while (file && count < 16 && fscanf(file, "%d", &one) == 1)
        if (one != made->pid)
            others[count++] = one;
    if (file)
        fclose(file);
    return count;
}

/* A runtime removes them as soon as its first process has ended; they are busy for a moment. */
static inline bool stressed_remove(const struct stressed *made)
{
    const char *const all[] = {made->memory, made->cpu, made->cpuacct};
    bool removed = true;
    for (int i = 0; i < (made->unified ? 1 : 3); i++) {
        int rc = rmdir(all[i]);
        for (int tries = 0; tries < 100 && rc && errno == EBUSY; tries++) {
            usleep(10000);
            rc = rmdir(all[i]);
        }
        removed &= !rc;
    }
    return removed;
}

static inline void stressed_end(struct stressed *made)
{
    kill(made->pid, SIGKILL);
    waitpid(made->pid, NULL, 0);
    CHECK(stressed_remove(made));
}

#endif
