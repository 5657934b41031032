// SPDX-License-Identifier: Apache-2.0
/* Limits of a container: by cgroup v2 where that has the controller, else by the controller's own hierarchy of v1. */
#include "cgroup.h"

#include <errno.h>
#include <mntent.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

#define LIMIT (32 << 20)

static char node[256]; /* a cgroup of the test's own, and in it a pod's, and in that a container's */
static int unified;

static int lends(const char *mount, const char *controller)
{
    char path[300], line[256] = "";
    snprintf(path, sizeof path, "%s/cgroup.controllers", mount);
    FILE *file = fopen(path, "re");
    int found = file && fgets(line, sizeof line, file) && strstr(line, controller);
    if (file)
        fclose(file);
    return found;
}

static void find(const char *controller)
{
    FILE *mounts = setmntent("/proc/mounts", "re");
    *node = 0;
    for (struct mntent *mount; mounts && !*node && (mount = getmntent(mounts));) {
        unified = !strcmp(mount->mnt_type, "cgroup2") && lends(mount->mnt_dir, controller);
        if (unified || (!strcmp(mount->mnt_type, "cgroup") && hasmntopt(mount, controller)))
            snprintf(node, sizeof node, "%s/chaos-test-%d", mount->mnt_dir, getpid());
    }
    if (mounts)
        endmntent(mounts);
    printf("    mechanism: %s of cgroup v%d\n", controller, unified ? 2 : 1);
    check(*node, "there is such a controller", __FILE__, __LINE__);
}

/* As the local runtime writes them. */
static int enter(const char *controller, const char *file, const char *text)
{
    char paths[5][512], lend[32];
    snprintf(lend, sizeof lend, "+%s", controller);
    snprintf(paths[0], sizeof paths[0], "%s/pod/web/cgroup.procs", node);
    snprintf(paths[1], sizeof paths[1], "%.*s/cgroup.subtree_control", (int)(strrchr(node, '/') - node), node);
    snprintf(paths[2], sizeof paths[2], "%s/cgroup.subtree_control", node);
    snprintf(paths[3], sizeof paths[3], "%s/pod/cgroup.subtree_control", node);
    snprintf(paths[4], sizeof paths[4], "%s/pod/web/%s", node, file);
    char zero[] = "0";
    char *two[] = {paths[0], zero, paths[1], lend, paths[2], lend, paths[3], lend, paths[4], (char *)text, NULL};
    char *one[] = {paths[4], (char *)text, paths[0], zero, NULL};
    return cgroup_enter(unified ? two : one);
}

/* The exit code of a process that is limited and then does it; -1: enter failed; 128 + n after signal n. */
static int limited(const char *controller, const char *file, const char *text, int (*work)(int), int amount)
{
    pid_t pid = fork();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        _exit(enter(controller, file, text) ? 255 : work(amount));
    }
    int status;
    waitpid(pid, &status, 0);
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static int eat(int bytes)
{
    char *memory = malloc((size_t)bytes);
    for (int at = 0; memory && at < bytes; at += 4096)
        ((volatile char *)memory)[at] = 1;
    return !memory;
}

/* They end with us, also where we end before they have said so. */
static int start(int processes)
{
    pid_t parent = getpid();
    for (int i = 0; i < processes; i++) {
        pid_t pid = fork();
        if (pid == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            while (getppid() == parent)
                pause();
            _exit(0);
        }
        if (pid < 0)
            return errno;
    }
    return 0;
}

/* Busy for a moment after its last process was reaped. */
static void leave(void)
{
    char pod[300], container[320];
    snprintf(pod, sizeof pod, "%s/pod", node);
    snprintf(container, sizeof container, "%s/web", pod);
    const char *const all[] = {container, pod, node};
    for (size_t i = 0; i < 3; i++)
        for (int tries = 0; tries < 200 && rmdir(all[i]) && errno == EBUSY; tries++)
            usleep(10000);
    CHECK(access(node, F_OK));
}

static void who_takes_more_memory_is_killed(void)
{
    find("memory");
    char limit[16];
    snprintf(limit, sizeof limit, "%d", LIMIT);
    const char *file = unified ? "memory.max" : "memory.limit_in_bytes";
    CHECK_EQUAL(limited("memory", file, limit, eat, LIMIT / 4), 0);
    CHECK_EQUAL(limited("memory", file, limit, eat, LIMIT * 2), 128 + SIGKILL);
    leave();
}

static void who_starts_more_processes_is_refused(void)
{
    find("pids");
    CHECK_EQUAL(limited("pids", "pids.max", "4", start, 2), 0);
    leave();
    CHECK_EQUAL(limited("pids", "pids.max", "4", start, 8), EAGAIN);
    leave();
}

static void what_cannot_be_limited_is_an_error(void)
{
    find("pids");
    CHECK_EQUAL(limited("pids", "pids.most", "4", start, 0), 255);
    CHECK_EQUAL(limited("pids", "pids.max", "many", start, 0), 255);
    leave();
}

int main(void)
{
    RUN(who_takes_more_memory_is_killed);
    RUN(who_starts_more_processes_is_refused);
    RUN(what_cannot_be_limited_is_an_error);
    return check_summary();
}
