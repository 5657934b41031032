// SPDX-License-Identifier: Apache-2.0
/* A pod named by its container's id: a process in a cgroup of that name. */
#include <errno.h>
#include <fcntl.h>
#include <mntent.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "clock.h"
#include "live.h"

#define PORT 7400

static char id[65], cgroup[512];

static bool find_cgroup2(char *path, size_t size)
{
    FILE *mounts = setmntent("/proc/mounts", "re");
    bool found = false;
    for (struct mntent *mount; mounts && !found && (mount = getmntent(mounts));) {
        found = !strcmp(mount->mnt_type, "cgroup2");
        snprintf(path, size, "%s", mount->mnt_dir);
    }
    if (mounts)
        endmntent(mounts);
    return found;
}

/* An id of its own for each run: tests of other checkouts may run beside this one. */
static void make_cgroup(const char *format)
{
    char mount[256];
    snprintf(id, sizeof id, "%016lx%048x", (unsigned long)clock_now_ns(), getpid());
    char name[128];
    snprintf(name, sizeof name, format, id);
    if (!find_cgroup2(mount, sizeof mount))
        printf("    no cgroup2 in /proc/mounts\n");
    snprintf(cgroup, sizeof cgroup, "%s/%s", mount, name);
    check(mkdir(cgroup, 0755) == 0, cgroup, __FILE__, __LINE__);
}

/* Busy for a moment after its last process was reaped. */
static void remove_cgroup(void)
{
    for (int i = 0; i < 100 && rmdir(cgroup) && errno == EBUSY; i++)
        sleep_ms(10);
}

static void move_into_cgroup(pid_t pid)
{
    char path[600], number[16];
    snprintf(path, sizeof path, "%s/cgroup.procs", cgroup);
    int length = snprintf(number, sizeof number, "%d", pid);
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    CHECK_EQUAL(write(fd, number, (size_t)length), length);
    close(fd);
}

/* In the namespaces of the test: the machine's. */
static pid_t start_child(void)
{
    pid_t pid = fork();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        for (;;)
            pause();
    }
    return pid;
}

static void end_child(pid_t pid)
{
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
}

static void delays_the_oldest_process_of(const char *format)
{
    struct network network = network_create();
    sleep_ms(20); /* two ticks of the clock in which start times are told */
    pid_t younger = start_child();
    make_cgroup(format);
    move_into_cgroup(younger);
    move_into_cgroup(network.pod);
    echo_at(&network, SOCK_DGRAM, PORT);
    int fd = connect_to(&network, SOCK_DGRAM, PEER4, PORT);
    struct agent agent = agent_start(NULL);
    const char *reply =
        agent_ask(&agent, "attach id=d container=%s kind=networkdelay dev=eth0 direction=to latency_us=100000", id);
    CHECK_CONTAINS(reply, " mechanism=");
    CHECK_EQUAL(reply_value(reply, "pid"), network.pod);
    CHECK_CONTAINS(agent_ask(&agent, "on id=d"), "ok t_on_ns=");
    CHECK(round_trip_us(fd) >= 100000);
    CHECK_EQUAL(agent_end(&agent), 0);
    close(fd);
    end_child(younger);
    network_destroy(&network);
    remove_cgroup();
}

static void a_container_of_cgroupfs_is_found(void)
{
    delays_the_oldest_process_of("%s");
}

static void a_container_of_systemd_is_found(void)
{
    delays_the_oldest_process_of("cri-containerd-%s.scope");
}

static void a_pid_is_told_back_as_well(void)
{
    struct network network = network_create();
    struct agent agent = agent_start(NULL);
    const char *reply =
        agent_ask(&agent, "attach id=n pid=%d kind=dnschaos dev=lo action=drop patterns=shop.test", network.pod);
    CHECK_CONTAINS(reply, "ok ");
    CHECK_EQUAL(reply_value(reply, "pid"), network.pod);
    CHECK_EQUAL(agent_end(&agent), 0);
    network_destroy(&network);
}

static void a_container_in_our_own_namespace_is_refused(void)
{
    pid_t child = start_child();
    make_cgroup("%s");
    move_into_cgroup(child);
    struct agent agent = agent_start(NULL);
    const char *reply =
        agent_ask(&agent, "attach id=n container=%s kind=dnschaos dev=lo action=drop patterns=shop.test", id);
    CHECK_CONTAINS(reply, "error code=bad_request");
    CHECK_CONTAINS(reply, "shares%20the%20network%20namespace");
    end_child(child);
    remove_cgroup();
    reply = agent_ask(&agent, "attach id=n container=%s kind=dnschaos dev=lo action=drop patterns=shop.test", id);
    CHECK_CONTAINS(reply, "error code=no_container");
    CHECK_EQUAL(agent_end(&agent), 0);
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    RUN(a_container_of_cgroupfs_is_found);
    RUN(a_container_of_systemd_is_found);
    RUN(a_pid_is_told_back_as_well);
    RUN(a_container_in_our_own_namespace_is_refused);
    return check_summary();
}
