// SPDX-License-Identifier: Apache-2.0
#include "stress.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "descriptors.h"
#include "pidfd.h"

#define ENDS_WITHIN_MS 5000 /* much memory takes its time to be given back */

static struct stress *of(struct fault *fault)
{
    return (struct stress *)fault;
}

bool stress_is_on(const struct stress *stress)
{
    return stress->shared->control.mode == CHAOS_ON;
}

bool stress_may(const struct stress *stress)
{
    return stress_is_on(stress) && stress->shared->control.lease_until_ns >= clock_now_ns();
}

static int add_join(struct stress *stress, const struct resource *resource, struct failure *f)
{
    if (resource->directory < 0)
        return 0;
    int fd = openat(resource->directory, "cgroup.procs", O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return fail_errno(f, FAILED, "opening cgroup.procs of the container, for a worker to go there");
    stress->joins[stress->join_count++] = fd;
    return 0;
}

/* Of v2 all are one directory, which is joined once. */
static int open_joins(struct stress *stress, struct failure *f)
{
    const struct resources *from = &stress->resources;
    if (add_join(stress, &from->cpu, f) || (!from->cpuacct.unified && add_join(stress, &from->cpuacct, f)))
        return -1;
    return from->memory.unified && from->cpu.unified ? 0 : add_join(stress, &from->memory, f);
}

static int open_process(struct stress *stress, pid_t pid, struct failure *f)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/oom_score_adj", pid);
    stress->pidfd = pidfd_open_process(pid, f);
    if (stress->pidfd < 0)
        return -1;
    stress->adjustment = open(path, O_RDWR | O_CLOEXEC);
    ssize_t n = stress->adjustment < 0 ? -1 : read(stress->adjustment, stress->score, sizeof stress->score - 1);
    return n > 0 ? 0 : fail_errno(f, FAILED, "reading %s", path);
}

/* One who goes there and comes back: a refusal is known before anything is done. */
static int try_to_join(const struct stress *stress, struct failure *f)
{
    int status = 0;
    pid_t child = fork();
    if (child == 0)
        _exit(stress_join(stress));
    if (child < 0 || waitpid(child, &status, 0) != child)
        return fail_errno(f, FAILED, "a process to try the container's cgroups with");
    if (!status)
        return 0;
    int err = WIFEXITED(status) ? WEXITSTATUS(status) : ECANCELED;
    return fail(f, err == EPERM || err == EACCES ? DENIED : UNSUPPORTED, err,
                "a worker cannot go into the container's cgroups");
}

static int share(struct stress *stress, struct failure *f)
{
    void *shared = mmap(NULL, sizeof *stress->shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED)
        return fail_errno(f, FAILED, "memory to share with workers");
    stress->shared = shared;
    stress->fault.control = &stress->shared->control;
    return 0;
}

struct stress *stress_open(const struct target *target, struct failure *f)
{
    struct stress *stress = calloc(1, sizeof *stress);
    if (!stress) {
        fail(f, FAILED, ENOMEM, "no memory for a stress");
        return NULL;
    }
    stress->pidfd = stress->adjustment = -1;
    memset(stress->joins, -1, sizeof stress->joins);
    resources_open(target->pid, &stress->resources);
    if (!open_process(stress, target->pid, f) && !open_joins(stress, f) && !try_to_join(stress, f) && !share(stress, f))
        return stress;
    stress_close(stress);
    return NULL;
}

void stress_close(struct stress *stress)
{
    if (!stress)
        return;
    descriptors_close(stress->joins, stress->join_count);
    descriptors_close((const int[]){stress->pidfd, stress->adjustment}, 2);
    if (stress->shared)
        munmap((void *)stress->shared, sizeof *stress->shared);
    resources_close(&stress->resources);
    free(stress);
}

void stress_on(struct fault *fault, struct reply *reply)
{
    struct stress *stress = of(fault);
    fault_switch_on(fault, reply);
    if (stress->supervisor || pidfd_has_ended(stress->pidfd))
        return;
    stress->shared->held = 0;
    int helper = (int)syscall(SYS_pidfd_open, getpid(), 0);
    pid_t supervisor = helper < 0 ? -1 : fork();
    if (supervisor == 0)
        stress_supervise(stress, helper);
    if (supervisor < 0)
        stress->shared->failed = errno;
    if (helper >= 0)
        close(helper);
    stress->supervisor = supervisor > 0 ? supervisor : 0;
}

void stress_adjust(const struct stress *stress, const char *score)
{
    if (stress->victim)
        (void)!pwrite(stress->adjustment, score, strlen(score), 0);
}

/* The supervisor sees the switch. Where it hangs, the workers die with it; where it was killed, one thing is left. */
int stress_settle(struct fault *fault, struct failure *f)
{
    (void)f;
    struct stress *stress = of(fault);
    int status = 0;
    if (!stress->supervisor)
        return 0;
    for (int ms = 0; stress->supervisor && !waitpid(stress->supervisor, &status, WNOHANG); ms++) {
        if (ms == ENDS_WITHIN_MS)
            kill(stress->supervisor, SIGKILL);
        usleep(1000);
    }
    if (WIFSIGNALED(status)) {
        stress->shared->killed_by = WTERMSIG(status);
        stress->shared->control.hit = 0;
    }
    stress->supervisor = 0;
    stress_adjust(stress, stress->score);
    return 0;
}

void stress_stats(struct fault *fault, struct reply *reply)
{
    const struct stress *stress = of(fault);
    volatile struct stress_shared *shared = stress->shared;
    reply_number(reply, "workers", stress->workers);
    reply_number(reply, "asked", shared->asked);
    reply_number(reply, "taken", shared->taken);
    reply_number(reply, "container_cpu_ns", shared->cpu_ns);
    reply_number(reply, "container_throttled_ns", shared->throttled_ns);
    reply_number(reply, "container_memory_before", shared->memory_before);
    reply_number(reply, "container_memory", shared->memory_most);
    reply_number(reply, "oom_kills", shared->oom_kills);
    reply_word(reply, "ended", "%s", pidfd_has_ended(stress->pidfd) ? "yes" : "no");
    if (shared->killed_by)
        reply_number(reply, "killed_by", (uint64_t)shared->killed_by);
    if (shared->failed)
        reply_word(reply, "failed", "%s", strerror(shared->failed));
}

void stress_detach(struct fault *fault)
{
    stress_close(of(fault));
}
