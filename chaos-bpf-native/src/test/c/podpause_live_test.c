// SPDX-License-Identifier: Apache-2.0
/* kind=podpause: who is in the cgroups of a pod stands still and goes on, whatever becomes of the helper. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "clock.h"
#include "live.h"
#include "membership.h"

#define WITHIN_MS 1000

/* A container's first process, which counts as long as it runs. */
struct container {
    char cgroup[1200];
    pid_t pid;
    volatile uint64_t *count;
};

static struct agent agent;
static bool unified;
static char
    node[1100]; /* a cgroup of the test's own: as the local runtime has them, of pods, and in them of containers */
static struct container web, sidecar, other;

static const char *version(void)
{
    return unified ? "v2" : "v1";
}

static void write_to(const char *cgroup, const char *file, const char *text)
{
    char path[1300];
    snprintf(path, sizeof path, "%s/%s", cgroup, file);
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    check(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text), path, __FILE__, __LINE__);
    close(fd);
}

/* What the kernel says, by the file that an administrator would read. */
static bool is_frozen(const struct container *container)
{
    char path[1300], text[256];
    snprintf(path, sizeof path, "%s/%s", container->cgroup, unified ? "cgroup.events" : "freezer.state");
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? 0 : read(fd, text, sizeof text - 1);
    close(fd);
    text[n > 0 ? n : 0] = 0;
    return strstr(text, unified ? "frozen 1" : "FROZEN");
}

static void count(volatile uint64_t *counter)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (;;) {
        ++*counter;
        usleep(1000);
    }
}

static void start(struct container *container, const char *pod, const char *name)
{
    char number[16];
    snprintf(container->cgroup, sizeof container->cgroup, "%s/%s", node, pod);
    mkdir(container->cgroup, 0755);
    snprintf(container->cgroup, sizeof container->cgroup, "%s/%s/%s", node, pod, name);
    check(!mkdir(container->cgroup, 0755) || errno == EEXIST, container->cgroup, __FILE__, __LINE__);
    container->count = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    container->pid = (pid_t)syscall(SYS_clone, CLONE_NEWPID | SIGCHLD, NULL, NULL, NULL, NULL);
    if (!container->pid)
        count(container->count);
    snprintf(number, sizeof number, "%d", container->pid);
    write_to(container->cgroup, "cgroup.procs", number);
}

static void end(struct container *container)
{
    kill(container->pid, SIGKILL);
    waitpid(container->pid, NULL, 0);
    for (int tries = 0; tries < 200 && rmdir(container->cgroup) && errno == EBUSY; tries++)
        sleep_ms(10);
    CHECK(access(container->cgroup, F_OK));
    *strrchr(container->cgroup, '/') = 0;
    rmdir(container->cgroup); /* not empty: another's too */
}

static bool make_node(void)
{
    char root[MEMBERSHIP_PATH];
    struct failure f;
    int hierarchy = membership_root(unified ? MEMBERSHIP_UNIFIED : "freezer", root, &f);
    if (hierarchy < 0)
        return false;
    close(hierarchy);
    snprintf(node, sizeof node, "%s/chaos-junit-test-%d", root, getpid());
    check(!mkdir(node, 0755), node, __FILE__, __LINE__);
    start(&web, "pod", "web");
    start(&sidecar, "pod", "sidecar");
    start(&other, "other", "web");
    return true;
}

static void remove_node(void)
{
    end(&web);
    end(&sidecar);
    end(&other);
    rmdir(node);
    CHECK(access(node, F_OK));
}

static bool counts(const struct container *container)
{
    uint64_t before = *container->count;
    sleep_ms(100);
    return *container->count > before;
}

static bool comes_to_count(const struct container *container)
{
    uint64_t before = *container->count, until = clock_now_ns() + WITHIN_MS * 1000000ull;
    while (*container->count == before && clock_now_ns() < until)
        sleep_ms(1);
    return *container->count > before;
}

static const char *attach(const struct agent *by, const struct container *container)
{
    return agent_ask(by, "attach id=p kind=podpause mechanism=%s pid=%d", version(), container->pid);
}

/* Attached and on; the guardian's process. */
static pid_t pause_by(const struct agent *by)
{
    const char *reply = attach(by, &web);
    pid_t guardian = (pid_t)reply_value(reply, "guardian");
    CHECK_CONTAINS(reply, unified ? "mechanism=freezer%20of%20cgroup%20v2" : "mechanism=freezer%20of%20cgroup%20v1");
    CHECK(guardian > 0);
    CHECK(comes_to_count(&web));
    agent_ask(by, "on id=p");
    CHECK(is_frozen(&web));
    return guardian;
}

static void expect_all_to_go_on(void)
{
    CHECK(comes_to_count(&web));
    CHECK(comes_to_count(&sidecar));
    CHECK(!is_frozen(&web));
    CHECK(!is_frozen(&sidecar));
}

static void a_pod_stands_still_with_all_its_containers_and_no_other_does(void)
{
    pause_by(&agent);
    CHECK(is_frozen(&sidecar));
    CHECK(!is_frozen(&other));
    CHECK(!counts(&web));
    CHECK(!counts(&sidecar));
    CHECK(comes_to_count(&other));
    CHECK_CONTAINS(agent_ask(&agent, "stats id=p"), "mode=on seen=2 matched=2 hit=2");
    CHECK_CONTAINS(agent_ask(&agent, "off id=p"), "ok drained=0");
    expect_all_to_go_on();
    const char *stats = agent_ask(&agent, "stats id=p");
    CHECK_CONTAINS(stats, "thawed_by=lifted");
    CHECK(reply_value(stats, "frozen_us") >= 200000); /* the two looks that found it so */
    CHECK(reply_value(stats, "t_first_hit_ns") >= reply_value(stats, "t_on_ns"));
    CHECK(reply_value(stats, "t_first_clean_ns") >= reply_value(stats, "t_off_ns"));
    agent_ask(&agent, "on id=p");
    CHECK(!counts(&web));
    CHECK_CONTAINS(agent_ask(&agent, "detach id=p"), "ok");
    expect_all_to_go_on();
}

/* Whether a process is in the cgroups that process 1 is in, but for the number of a hierarchy, as of others. */
static bool is_where_first_is(pid_t pid)
{
    char path[64], line[1024], first[1024];
    bool same = true;
    snprintf(path, sizeof path, "/proc/%d/cgroup", pid);
    FILE *file = fopen(path, "re"), *of_first = fopen("/proc/1/cgroup", "re");
    while (file && of_first && same && fgets(line, sizeof line, file) && fgets(first, sizeof first, of_first))
        same = !strcmp(line, first);
    CHECK(file && of_first);
    fclose(file);
    fclose(of_first);
    return same;
}

static void the_guardian_has_left_the_session_and_the_cgroups_of_its_helper(void)
{
    pid_t guardian = pause_by(&agent);
    CHECK_EQUAL(getsid(guardian), guardian);
    CHECK(is_where_first_is(guardian));
    agent_ask(&agent, "detach id=p");
    expect_all_to_go_on();
}

/* One that nobody has waited for yet does nothing any more. */
static bool runs(pid_t process)
{
    char path[64], name[64], state = 'Z';
    snprintf(path, sizeof path, "/proc/%d/stat", process);
    FILE *file = fopen(path, "re");
    if (file && fscanf(file, "%*d %63s %c", name, &state) != 2)
        state = 'Z';
    if (file)
        fclose(file);
    return state != 'Z';
}

static void expect_to_end(pid_t process)
{
    CHECK(process > 0);
    for (int ms = 0; runs(process) && ms < WITHIN_MS; ms++)
        sleep_ms(1);
    CHECK(!runs(process));
}

static void a_killed_helper_leaves_nobody_standing(void)
{
    struct agent dying = agent_start(NULL);
    pid_t guardian = pause_by(&dying);
    kill(dying.pid, SIGKILL);
    CHECK_EQUAL(agent_wait(&dying), -SIGKILL);
    expect_all_to_go_on();
    expect_to_end(guardian);
}

static void so_does_one_whose_input_ends_and_one_that_is_told_to_end(void)
{
    struct agent ending = agent_start(NULL), told = agent_start(NULL);
    pause_by(&ending);
    CHECK_EQUAL(agent_end(&ending), 0);
    expect_all_to_go_on();
    pause_by(&told);
    kill(told.pid, SIGTERM);
    CHECK_EQUAL(agent_wait(&told), 0);
    expect_all_to_go_on();
}

static void a_stopped_helper_lets_go(void)
{
    struct agent stopped = agent_start(NULL);
    pause_by(&stopped);
    kill(stopped.pid, SIGSTOP);
    outlast_lease();
    expect_all_to_go_on();
    kill(stopped.pid, SIGCONT);
    const char *stats = agent_ask(&stopped, "stats id=p");
    CHECK_CONTAINS(stats, "thawed_by=lease");
    CHECK_CONTAINS(stats, "expired=1");
    CHECK_EQUAL(agent_end(&stopped), 0);
}

static void what_helper_and_guardian_left_frozen_the_next_helper_thaws(void)
{
    struct agent dying = agent_start(NULL);
    pid_t guardian = pause_by(&dying);
    kill(guardian, SIGKILL);
    kill(dying.pid, SIGKILL);
    agent_wait(&dying);
    CHECK(!counts(&web));
    struct agent living = agent_start(NULL);
    expect_all_to_go_on();
    CHECK_EQUAL(agent_end(&living), 0);
}

static void a_living_helper_keeps_what_it_paused(void)
{
    pause_by(&agent);
    struct agent next = agent_start(NULL);
    CHECK(!counts(&web));
    CHECK_CONTAINS(attach(&next, &web), "frozen%20already");
    CHECK_EQUAL(agent_end(&next), 0);
    CHECK(!counts(&web));
    agent_ask(&agent, "detach id=p");
    expect_all_to_go_on();
}

/* Of v1 only then: what is frozen there outlives SIGKILL. */
static void a_pause_ends_with_its_container(void)
{
    pause_by(&agent);
    kill(web.pid, SIGKILL);
    if (!unified)
        agent_ask(&agent, "off id=p");
    CHECK_EQUAL(waitpid(web.pid, NULL, 0), web.pid);
    CHECK(comes_to_count(&sidecar));
    CHECK_CONTAINS(agent_ask(&agent, "stats id=p"), unified ? "thawed_by=ended" : "thawed_by=lifted");
    start(&web, "pod", "web");
    CHECK(comes_to_count(&web));
    agent_ask(&agent, "on id=p");
    CHECK(comes_to_count(&web));
    CHECK_CONTAINS(agent_ask(&agent, "stats id=p"), "seen=2 matched=0");
    agent_ask(&agent, "detach id=p");
}

static void it_is_told_who_else_thawed_a_pod(void)
{
    pause_by(&agent);
    write_to(web.cgroup, unified ? "cgroup.freeze" : "freezer.state", unified ? "0" : "THAWED");
    write_to(sidecar.cgroup, unified ? "cgroup.freeze" : "freezer.state", unified ? "0" : "THAWED");
    expect_all_to_go_on();
    sleep_ms(100); /* several turns of the guardian */
    CHECK_CONTAINS(agent_ask(&agent, "stats id=p"), "thawed_by=others");
    agent_ask(&agent, "detach id=p");
}

static void what_is_no_pod_is_refused(void)
{
    const char *reply = agent_ask(&agent, "attach id=p kind=podpause mechanism=%s pid=%d", version(), getpid());
    CHECK_CONTAINS(reply, "error code=");
    CHECK_CONTAINS(reply, strstr(reply, "root%20of") ? "no%20cgroup%20of%20its%20own" : "no%20container%27s");
    CHECK_CONTAINS(agent_ask(&agent, "attach id=p kind=podpause pid=%d for=1s", web.pid), "for");
    CHECK_CONTAINS(agent_ask(&agent, "list"), "ids=");
    CHECK(comes_to_count(&web));
}

static int tries_of(bool version_2)
{
    unified = version_2;
    if (!make_node())
        return 0;
    printf("    mechanism: freezer of cgroup %s\n", version());
    RUN(a_pod_stands_still_with_all_its_containers_and_no_other_does);
    RUN(the_guardian_has_left_the_session_and_the_cgroups_of_its_helper);
    RUN(a_killed_helper_leaves_nobody_standing);
    RUN(so_does_one_whose_input_ends_and_one_that_is_told_to_end);
    RUN(a_stopped_helper_lets_go);
    RUN(what_helper_and_guardian_left_frozen_the_next_helper_thaws);
    RUN(a_living_helper_keeps_what_it_paused);
    RUN(a_pause_ends_with_its_container);
    RUN(it_is_told_who_else_thawed_a_pod);
    RUN(what_is_no_pod_is_refused);
    RUN(remove_node);
    return 1;
}

int main(void)
{
    agent = agent_start(NULL);
    int tried = tries_of(true) + tries_of(false);
    if (!tried)
        printf("FAILED neither cgroup v2 nor a freezer of v1 is mounted\n");
    agent_end(&agent);
    return check_summary() || !tried;
}
