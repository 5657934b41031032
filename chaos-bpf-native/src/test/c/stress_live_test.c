// SPDX-License-Identifier: Apache-2.0
/* kind=cpustress, memorystress: what a container's cgroups count, and what is left of that. */
#include <fcntl.h>

#include "check.h"
#include "live.h"
#include "stressed.h"

#define MIB (1 << 20)

static struct agent agent;

static void waits_until(bool (*is)(const struct stressed *), const struct stressed *made)
{
    for (int ms = 0; ms < (is_emulated() ? 10000 : 1000) && !is(made); ms += 10)
        sleep_ms(10);
    CHECK(is(made));
}

static bool is_alone(const struct stressed *made)
{
    pid_t others[16];
    return !stressed_others(made, others);
}

static bool has_a_worker(const struct stressed *made)
{
    pid_t others[16];
    return stressed_others(made, others) == 1;
}

static bool has_two_workers(const struct stressed *made)
{
    pid_t others[16];
    return stressed_others(made, others) == 2;
}

static bool holds_little(const struct stressed *made)
{
    return stressed_memory(made) < 4 * MIB;
}

static bool holds_16_mib(const struct stressed *made)
{
    return stressed_memory(made) >= 16 * MIB;
}

/* A worker says what it took a moment after it took it. */
static const char *stats_once(const char *key, long long least)
{
    const char *stats = agent_ask(&agent, "stats id=s");
    for (int ms = 0; ms < 10000 && reply_value(stats, key) < least; ms += 10) {
        sleep_ms(10);
        stats = agent_ask(&agent, "stats id=s");
    }
    return stats;
}

static long long score_of(pid_t pid)
{
    char directory[64];
    snprintf(directory, sizeof directory, "/proc/%d", pid);
    return figure(directory, "oom_score_adj", NULL);
}

static long long cpu_ms_within(const struct stressed *made, int ms)
{
    long long before = stressed_cpu_ms(made);
    sleep_ms(ms);
    return stressed_cpu_ms(made) - before;
}

/* Of the 100 ms that its limit allows in that time; workers look round all the time, on slow processors for long. */
static bool idles(const struct stressed *made)
{
    return cpu_ms_within(made, 200) < (is_emulated() ? 60 : 40);
}

/* What workers mean to take by now. */
static long long asked_ms(void)
{
    return reply_value(agent_ask(&agent, "stats id=s"), "asked") / 1000000;
}

static void takes_processor_time_of_that_container_alone(void)
{
    struct stressed meant = stressed_start(), other = stressed_start();
    printf("    mechanism: cgroup v%d\n", meant.unified ? 2 : 1);
    CHECK_CONTAINS(agent_ask(&agent, "attach id=s kind=cpustress load_ppm=300000 pid=%d", meant.pid),
                   "ok limit=500000 mechanism=workers");
    CHECK(is_alone(&meant));
    agent_ask(&agent, "on id=s");
    long long before = stressed_cpu_ms(&other), took = cpu_ms_within(&meant, 1000);
    CHECK(took > 100 && asked_ms() > 100 && asked_ms() < 450);
    CHECK(is_emulated() || took < 450);
    CHECK(stressed_cpu_ms(&other) - before < 20);
    pid_t others[16];
    CHECK_EQUAL(stressed_others(&meant, others), 1);
    CHECK_CONTAINS(agent_ask(&agent, "off id=s"), "ok");
    CHECK(is_alone(&meant));
    CHECK(cpu_ms_within(&meant, 200) < 20);
    const char *stats = agent_ask(&agent, "stats id=s");
    CHECK(reply_value(stats, "hit") > 10 && reply_value(stats, "taken") > 100000000);
    CHECK(reply_value(stats, "container_cpu_ns") >= reply_value(stats, "taken") / 2);
    agent_ask(&agent, "detach id=s");
    stressed_end(&meant);
    stressed_end(&other);
}

static void takes_a_share_of_the_limit_by_all_workers(void)
{
    struct stressed meant = stressed_start();
    agent_ask(&agent, "attach id=s kind=cpustress workers=2 load_ppm=400000 of=limit pid=%d", meant.pid);
    agent_ask(&agent, "on id=s");
    long long before = asked_ms(), took = cpu_ms_within(&meant, 1000); /* 40 % of half a processor */
    CHECK(took > 80 && asked_ms() - before > 80 && asked_ms() - before < 300);
    CHECK(is_emulated() || took < 300);
    agent_ask(&agent, "detach id=s");
    waits_until(is_alone, &meant);
    stressed_end(&meant);
}

static void takes_memory_and_gives_it_back(void)
{
    struct stressed meant = stressed_start(), other = stressed_start();
    long long of_other = stressed_memory(&other);
    CHECK_CONTAINS(agent_ask(&agent, "attach id=s kind=memorystress limit_ppm=250000 pid=%d", meant.pid),
                   "ok limit=67108864 mechanism=workers");
    agent_ask(&agent, "on id=s");
    waits_until(holds_16_mib, &meant);
    CHECK(stressed_memory(&other) - of_other < MIB);
    const char *stats = stats_once("taken", 16 * MIB);
    CHECK_EQUAL(reply_value(stats, "taken"), 16 * MIB);
    CHECK_EQUAL(reply_value(stats, "hit"), reply_value(stats, "matched"));
    agent_ask(&agent, "off id=s");
    CHECK(is_alone(&meant));
    CHECK(stressed_memory(&meant) < 4 * MIB);
    agent_ask(&agent, "detach id=s");
    stressed_end(&meant);
    stressed_end(&other);
}

static void workers_are_killed_as_their_container_or_after_it_where_that_was_asked_for(void)
{
    struct stressed meant = stressed_start();
    char process[64];
    pid_t others[16] = {0};
    snprintf(process, sizeof process, "/proc/%d", meant.pid);
    CHECK(write_to(process, "oom_score_adj", "300"));
    agent_ask(&agent, "attach id=s kind=memorystress size=1048576 pid=%d", meant.pid);
    agent_ask(&agent, "on id=s");
    waits_until(has_a_worker, &meant);
    CHECK_EQUAL(stressed_others(&meant, others), 1);
    CHECK_EQUAL(score_of(others[0]), 300);
    CHECK_EQUAL(score_of(meant.pid), 300);
    agent_ask(&agent, "detach id=s");
    agent_ask(&agent, "attach id=s kind=memorystress size=1048576 oom=yes pid=%d", meant.pid);
    agent_ask(&agent, "on id=s");
    waits_until(has_two_workers, &meant);
    CHECK_EQUAL(stressed_others(&meant, others), 2);
    CHECK(score_of(others[0]) <= 0); /* without CAP_SYS_RESOURCE, ours */
    CHECK_EQUAL(score_of(meant.pid), 1000);
    agent_ask(&agent, "off id=s");
    CHECK_EQUAL(score_of(meant.pid), 300);
    agent_ask(&agent, "detach id=s");
    stressed_end(&meant);
}

static void refuses_what_would_end_in_an_oom_kill_that_nobody_asked_for(void)
{
    struct stressed meant = stressed_start();
    CHECK_CONTAINS(agent_ask(&agent, "attach id=s kind=memorystress size=%d pid=%d", STRESSED_MEMORY + MIB, meant.pid),
                   "error code=over_limit");
    CHECK_CONTAINS(agent_ask(&agent, "attach id=s kind=memorystress size=1099511627776 oom=no pid=%d", meant.pid),
                   "error code=over_limit");
    CHECK(is_alone(&meant));
    CHECK_CONTAINS(agent_ask(&agent, "list"), "ids=");
    stressed_end(&meant);
}

static void an_oom_kill_that_was_asked_for_takes_the_container(void)
{
    struct stressed meant = stressed_start();
    CHECK_CONTAINS(agent_ask(&agent, "attach id=s kind=memorystress limit_ppm=1000000 oom=yes pid=%d", meant.pid),
                   "ok");
    agent_ask(&agent, "on id=s");
    int status = 0;
    for (int ms = 0; ms < (is_emulated() ? 30000 : 5000) && !waitpid(meant.pid, &status, WNOHANG); ms += 10)
        sleep_ms(10);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    waits_until(is_alone, &meant);
    const char *stats = stats_once("oom_kills", 1);
    CHECK_CONTAINS(stats, "ended=yes");
    CHECK(reply_value(stats, "oom_kills") >= 1 && reply_value(stats, "hit") > 0);
    agent_ask(&agent, "detach id=s");
    CHECK(stressed_remove(&meant));
}

static void a_worker_that_somebody_else_killed_has_hit_nothing(void)
{
    struct stressed meant = stressed_start();
    agent_ask(&agent, "attach id=s kind=memorystress size=%d pid=%d", 16 * MIB, meant.pid);
    agent_ask(&agent, "on id=s");
    waits_until(holds_16_mib, &meant);
    stats_once("taken", 16 * MIB);
    pid_t others[16] = {0};
    CHECK_EQUAL(stressed_others(&meant, others), 1);
    kill(others[0], SIGKILL);
    waits_until(is_alone, &meant);
    agent_ask(&agent, "off id=s");
    const char *stats = agent_ask(&agent, "stats id=s");
    CHECK_EQUAL(reply_value(stats, "hit"), 0);
    CHECK_EQUAL(reply_value(stats, "killed_by"), SIGKILL);
    agent_ask(&agent, "detach id=s");
    stressed_end(&meant);
}

/* By whatever the workers would ask of the container, with one attached and on. */
static struct agent start_dying(const struct stressed *meant)
{
    struct agent dying = agent_start(NULL);
    CHECK_CONTAINS(agent_ask(&dying, "attach id=c kind=cpustress pid=%d", meant->pid), "ok");
    CHECK_CONTAINS(agent_ask(&dying, "attach id=m kind=memorystress size=%d oom=yes pid=%d", 16 * MIB, meant->pid),
                   "ok");
    agent_ask(&dying, "on id=c");
    agent_ask(&dying, "on id=m");
    waits_until(holds_16_mib, meant);
    CHECK_EQUAL(score_of(meant->pid), 1000);
    return dying;
}

static bool has_its_own_score(const struct stressed *made)
{
    return score_of(made->pid) == 0;
}

static void nothing_is_left_of_a_killed_agent(void)
{
    struct stressed meant = stressed_start();
    struct agent dying = start_dying(&meant);
    kill(dying.pid, SIGKILL);
    agent_wait(&dying);
    waits_until(is_alone, &meant);
    waits_until(has_its_own_score, &meant); /* given back once the workers are gone */
    CHECK(stressed_memory(&meant) < 4 * MIB);
    CHECK(cpu_ms_within(&meant, 100) < 20);
    stressed_end(&meant);
}

static void a_stopped_agent_stresses_nobody(void)
{
    struct stressed meant = stressed_start();
    struct agent stopped = start_dying(&meant);
    kill(stopped.pid, SIGSTOP);
    outlast_lease();
    waits_until(holds_little, &meant); /* throttled by the limit as they are */
    waits_until(idles, &meant);
    kill(stopped.pid, SIGCONT);
    agent_end(&stopped);
    CHECK(is_alone(&meant));
    stressed_end(&meant);
}

static void ends_with_its_container_whose_cgroups_can_be_removed_at_once(void)
{
    struct stressed meant = stressed_start();
    agent_ask(&agent, "attach id=c kind=cpustress workers=2 pid=%d", meant.pid);
    agent_ask(&agent, "attach id=m kind=memorystress size=%d pid=%d", 16 * MIB, meant.pid);
    agent_ask(&agent, "on id=c");
    agent_ask(&agent, "on id=m");
    waits_until(holds_16_mib, &meant);
    stressed_end(&meant);
    CHECK_CONTAINS(agent_ask(&agent, "off id=c"), "ok");
    CHECK_CONTAINS(agent_ask(&agent, "detach id=c"), "ok");
    CHECK_CONTAINS(agent_ask(&agent, "detach id=m"), "ok");
}

static void refuses(const char *words, const char *reason)
{
    CHECK_CONTAINS(agent_ask(&agent, "attach id=s %s", words), reason);
}

static void refuses_what_it_cannot_do(void)
{
    char own[64];
    refuses("kind=cpustress workers=0 pid=1", "from%201%20to%20128");
    refuses("kind=cpustress load_ppm=1000001 pid=1", "from%201%20to%201000000");
    refuses("kind=cpustress of=node pid=1", "expected%20cpu%20or%20limit");
    refuses("kind=cpustress every=1 pid=1", "unknown%20key%20every");
    refuses("kind=memorystress pid=1", "exactly%20one");
    refuses("kind=memorystress size=1 limit_ppm=1 pid=1", "exactly%20one");
    refuses("kind=memorystress size=1 oom=maybe pid=1", "expected%20yes%20or%20no");
    snprintf(own, sizeof own, "kind=cpustress pid=%d", getpid());
    refuses(own, "no%20cgroup%20of%20its%20own");
    snprintf(own, sizeof own, "kind=memorystress size=4096 pid=%d", getpid());
    refuses(own, "no%20cgroup%20of%20its%20own");
}

static void refuses_more_than_its_workers_can_do(void)
{
    struct stressed meant = stressed_start();
    CHECK(meant.unified ? write_to(meant.cpu, "cpu.max", "150000 100000")
                        : write_to(meant.cpu, "cpu.cfs_quota_us", "150000"));
    CHECK_CONTAINS(agent_ask(&agent, "attach id=s kind=cpustress of=limit pid=%d", meant.pid), "needs%202%20or%20more");
    CHECK(meant.unified ? write_to(meant.cpu, "cpu.max", "max") : write_to(meant.cpu, "cpu.cfs_quota_us", "-1"));
    CHECK_CONTAINS(agent_ask(&agent, "attach id=s kind=cpustress of=limit pid=%d", meant.pid), "error code=no_limit");
    stressed_end(&meant);
}

int main(void)
{
    agent = agent_start(NULL);
    RUN(takes_processor_time_of_that_container_alone);
    RUN(takes_a_share_of_the_limit_by_all_workers);
    RUN(takes_memory_and_gives_it_back);
    RUN(workers_are_killed_as_their_container_or_after_it_where_that_was_asked_for);
    RUN(refuses_what_would_end_in_an_oom_kill_that_nobody_asked_for);
    RUN(an_oom_kill_that_was_asked_for_takes_the_container);
    RUN(a_worker_that_somebody_else_killed_has_hit_nothing);
    RUN(nothing_is_left_of_a_killed_agent);
    RUN(a_stopped_agent_stresses_nobody);
    RUN(ends_with_its_container_whose_cgroups_can_be_removed_at_once);
    RUN(refuses_what_it_cannot_do);
    RUN(refuses_more_than_its_workers_can_do);
    agent_end(&agent);
    return check_summary();
}
