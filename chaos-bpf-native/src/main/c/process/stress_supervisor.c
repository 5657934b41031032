// SPDX-License-Identifier: Apache-2.0
/* The supervisor of stress.h: forked from a helper of many threads, so it calls nothing that allocates. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "descriptors.h"
#include "stress.h"

#define TURN_MS 10
#define DYING_MS 2000      /* where a container is killed as a whole, its first process need not be the first */
#define FIRST_TO_GO "1000" /* the most of oom_score_adj */
#define LAST_TO_GO "-999"  /* the least of those who may go at all */

static pid_t workers[STRESS_MAX_WORKERS]; /* 0: has ended */

struct figures {
    uint64_t cpu_ns, throttled_ns, oom_kills;
};

static uint64_t known(uint64_t figure)
{
    return figure == RESOURCES_NONE ? 0 : figure;
}

static uint64_t since(uint64_t now, uint64_t before)
{
    return now == RESOURCES_NONE || now < before ? 0 : now - before;
}

static uint64_t greater(uint64_t one, uint64_t other)
{
    return one > other ? one : other;
}

static struct figures begin(const struct stress *stress)
{
    stress->shared->memory_before = known(resources_memory(&stress->resources));
    return (struct figures){
        .cpu_ns = known(resources_cpu_ns(&stress->resources)),
        .throttled_ns = known(resources_throttled_ns(&stress->resources)),
        .oom_kills = known(resources_oom_kills(&stress->resources)),
    };
}

/* Again and again, as the cgroups may be gone before anybody asks. */
static void look(const struct stress *stress, const struct figures *before)
{
    volatile struct stress_shared *shared = stress->shared;
    const struct resources *from = &stress->resources;
    shared->cpu_ns = greater(shared->cpu_ns, since(resources_cpu_ns(from), before->cpu_ns));
    shared->throttled_ns = greater(shared->throttled_ns, since(resources_throttled_ns(from), before->throttled_ns));
    shared->memory_most = greater(shared->memory_most, known(resources_memory(from)));
    shared->oom_kills = greater(shared->oom_kills, since(resources_oom_kills(from), before->oom_kills));
}

/* A worker that holds much is greater than a small victim, whatever that one's score: so it has another score, too. */
static int take_score(const struct stress *stress)
{
    const char *score = stress->victim ? LAST_TO_GO : stress->score;
    int own = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (own >= 0 && write(own, score, strlen(score)) > 0)
        return 0;
    return stress->victim && errno == EACCES ? 0 : errno; /* without CAP_SYS_RESOURCE it is the helper's */
}

int stress_join(const struct stress *stress)
{
    int err = take_score(stress);
    for (int i = 0; !err && i < stress->join_count; i++)
        if (write(stress->joins[i], "0", 1) != 1)
            err = errno;
    return err;
}

static _Noreturn void work(const struct stress *stress, pid_t supervisor)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    int err = getppid() == supervisor ? stress_join(stress) : ECANCELED;
    if (err) {
        stress->shared->failed = err;
        _exit(1);
    }
    descriptors_keep(NULL, 0);
    stress->work(stress);
    _exit(0);
}

static void start_workers(const struct stress *stress)
{
    pid_t supervisor = getpid();
    for (uint32_t i = 0; i < stress->workers; i++) {
        workers[i] = fork();
        if (workers[i] == 0)
            work(stress, supervisor);
        if (workers[i] < 0) {
            stress->shared->failed = errno;
            workers[i] = 0;
        }
    }
}

/* Whether any is left. One that was killed took less than was asked for. */
static bool reap(const struct stress *stress)
{
    bool left = false;
    for (uint32_t i = 0; i < stress->workers; i++) {
        int status;
        if (workers[i] && waitpid(workers[i], &status, WNOHANG) == workers[i]) {
            workers[i] = 0;
            if (WIFSIGNALED(status))
                stress->shared->killed_by = WTERMSIG(status);
        }
        left |= workers[i] != 0;
    }
    return left;
}

static void end_workers(const struct stress *stress)
{
    for (uint32_t i = 0; i < stress->workers; i++)
        if (workers[i])
            kill(workers[i], SIGKILL);
    while (waitpid(-1, NULL, 0) > 0 || errno == EINTR)
        ;
}

/* A worker that somebody else killed did not do what was asked for; a victim that was killed is all that was. */
static void judge(const struct stress *stress)
{
    volatile struct stress_shared *shared = stress->shared;
    if (shared->killed_by && !shared->ended)
        shared->control.hit = 0;
    else if (stress->victim && shared->ended && shared->oom_kills && !shared->control.hit)
        shared->control.hit = 1;
}

/* Until the fault is over, or the helper, or the container, or all workers are. */
static void watch(const struct stress *stress, int helper, const struct figures *before)
{
    struct pollfd ends[] = {{.fd = helper, .events = POLLIN}, {.fd = stress->pidfd, .events = POLLIN}};
    while (stress_is_on(stress) && poll(ends, 2, TURN_MS) <= 0 && reap(stress))
        look(stress, before);
    reap(stress);
    look(stress, before);
    bool killed = stress->shared->killed_by != 0;
    stress->shared->ended = poll(ends, 2, killed ? DYING_MS : 0) > 0 && ends[1].revents;
    look(stress, before);
    judge(stress);
}

static void keep_descriptors(const struct stress *stress, int helper)
{
    const struct resources *from = &stress->resources;
    const int kept[] = {
        helper,           stress->pidfd,       stress->adjustment,      stress->joins[0],      stress->joins[1],
        stress->joins[2], from->cpu.directory, from->cpuacct.directory, from->memory.directory};
    descriptors_keep(kept, sizeof kept / sizeof *kept);
}

_Noreturn void stress_supervise(const struct stress *stress, int helper)
{
    prctl(PR_SET_NAME, "chaos-stress");
    setsid(); /* no group of processes to which a signal for others may go */
    keep_descriptors(stress, helper);
    struct figures before = begin(stress);
    stress_adjust(stress, FIRST_TO_GO);
    start_workers(stress);
    watch(stress, helper, &before);
    end_workers(stress);
    stress_adjust(stress, stress->score);
    if (stress->shared->control.mode == CHAOS_LIFTED)
        stress->shared->control.first_clean_ns = clock_now_ns();
    _exit(0);
}
