// SPDX-License-Identifier: Apache-2.0
/* kind=memorystress: a worker that takes memory step by step, holds it, and gives it back. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "clock.h"
#include "stress.h"

#define MILLION 1000000
#define MOST (1ull << 40)
#define STEP (1 << 20) /* of bytes: then the switch is looked at again */
#define TURN_US 10000
#define VICTIM_WORKERS 2 /* each is less than the limit, which is what the victim's score weighs by itself */

struct memory_options {
    uint64_t size, limit_ppm; /* one of them; 0: the other */
    bool oom;                 /* it may end in an OOM kill, of the container's first process */
};

static void *memory_prepare(struct request *request, const struct target *target, struct failure *f)
{
    (void)target;
    struct memory_options *options = calloc(1, sizeof *options);
    const char *oom = request_get(request, "oom");
    request_get(request, "seed"); /* every fault is given one; there is nothing to draw here */
    request_get(request, "container");
    if (!options) {
        fail(f, FAILED, ENOMEM, "no memory for a stress");
        return NULL;
    }
    options->oom = oom && !strcmp(oom, "yes");
    if (oom && !options->oom && strcmp(oom, "no"))
        fail(f, BAD_REQUEST, 0, "oom=%.20s: expected yes or no", oom);
    else if (request_number(request, "size", 1, MOST, &options->size, f) ||
             request_number(request, "limit_ppm", 1, MILLION, &options->limit_ppm, f))
        ;
    else if (!options->size == !options->limit_ppm)
        fail(f, BAD_REQUEST, 0, "exactly one of size=BYTES and limit_ppm=N is required");
    else
        return options;
    free(options);
    return NULL;
}

/* Of all workers; until all is held that was asked for, nothing counts. */
static void account(volatile struct stress_shared *shared, uint64_t more)
{
    uint64_t held = __atomic_add_fetch(&shared->held, more, __ATOMIC_RELAXED);
    if (held > shared->taken)
        shared->taken = held;
    if (held < shared->asked || shared->control.hit)
        return;
    shared->control.first_hit_ns = clock_now_ns();
    shared->control.bytes = held;
    shared->control.hit = shared->control.matched;
}

/* Page by page, of our own making: what is all zeroes, or huge, might be counted otherwise. */
static uint64_t touch(const struct stress *stress, volatile char *memory, uint64_t held)
{
    long page = sysconf(_SC_PAGESIZE);
    uint64_t until = stress->amount - held > STEP ? held + STEP : stress->amount;
    for (uint64_t at = held; at < until; at += (uint64_t)page)
        memory[at] = 1;
    account(stress->shared, until - held);
    return until;
}

/* While the helper does nothing, as when it is stopped, nothing is held. */
static void hold(const struct stress *stress)
{
    volatile struct stress_shared *shared = stress->shared;
    prctl(PR_SET_NAME, "chaos-memory");
    char *memory =
        mmap(NULL, stress->amount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) {
        shared->failed = errno;
        return;
    }
    madvise(memory, stress->amount, MADV_NOHUGEPAGE);
    for (uint64_t held = 0; stress_is_on(stress);) {
        if (stress_may(stress) && held < stress->amount) {
            held = touch(stress, memory, held);
            continue;
        }
        if (!stress_may(stress) && held) {
            madvise(memory, stress->amount, MADV_DONTNEED);
            account(shared, -held);
            held = 0;
        }
        usleep(TURN_US);
    }
}

/* What the machine could give; RESOURCES_NONE where it does not say. */
static uint64_t available(void)
{
    unsigned long long kib = 0;
    char line[128];
    FILE *file = fopen("/proc/meminfo", "re");
    while (file && fgets(line, sizeof line, file) && sscanf(line, "MemAvailable: %llu", &kib) != 1)
        ;
    if (file)
        fclose(file);
    return kib ? kib << 10 : RESOURCES_NONE;
}

static uint64_t share(uint64_t limit, uint64_t ppm)
{
    return limit / MILLION * ppm + limit % MILLION * ppm / MILLION;
}

static uint64_t mib(uint64_t bytes)
{
    return bytes >> 20;
}

/* An OOM kill is of this container, or of nobody. */
static int refuse_too_much(uint64_t amount, uint64_t limit, uint64_t kept, bool oom, struct failure *f)
{
    uint64_t free_here = limit == RESOURCES_NONE || kept == RESOURCES_NONE ? RESOURCES_NONE
                         : limit > kept                                    ? limit - kept
                                                                           : 0;
    uint64_t there = available(), most = amount < free_here ? amount : free_here;
    if (most > there)
        return fail(
            f, UNSUPPORTED, 0,
            "of the machine's memory %llu MiB are free, less than the %llu MiB asked for: others would be killed",
            (unsigned long long)mib(there), (unsigned long long)mib(most));
    if (amount <= free_here || oom)
        return 0;
    return fail(
        f, OVER_LIMIT, 0,
        "%llu MiB beside the %llu MiB that the container uses are above its limit of %llu MiB, so it would end in"
        " an OOM kill",
        (unsigned long long)mib(amount), (unsigned long long)mib(kept), (unsigned long long)mib(limit));
}

static int prepare_worker(struct stress *stress, const struct memory_options *options, uint64_t limit,
                          struct failure *f)
{
    uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
    if (stress->resources.memory.directory < 0 || resources_memory(&stress->resources) == RESOURCES_NONE)
        return fail(f, UNSUPPORTED, 0, "the container has no cgroup of its own of the memory controller");
    if (options->limit_ppm && limit == RESOURCES_NONE)
        return fail(f, NO_LIMIT, 0, "the container has no limit of memory that size could be a share of");
    uint64_t amount = options->size ? options->size : share(limit, options->limit_ppm);
    stress->fault.mechanism = "workers in the container's cgroup";
    stress->workers = options->oom ? VICTIM_WORKERS : 1;
    stress->victim = options->oom;
    stress->work = hold;
    stress->amount = (amount / stress->workers + page - 1) / page * page;
    stress->shared->asked = amount = stress->amount * stress->workers;
    stress->shared->control.seen = stress->shared->control.matched = amount / page;
    return refuse_too_much(amount, limit, resources_memory_kept(&stress->resources), options->oom, f);
}

static struct fault *memory_attach(void *wanted, const struct target *target, struct reply *reply, struct failure *f)
{
    struct stress *stress = stress_open(target, f);
    uint64_t limit = stress ? resources_memory_limit(&stress->resources) : RESOURCES_NONE;
    if (!stress || prepare_worker(stress, wanted, limit, f)) {
        stress_close(stress);
        return NULL;
    }
    if (limit != RESOURCES_NONE)
        reply_number(reply, "limit", limit);
    return &stress->fault;
}

const struct fault_kind memorystress_kind = {
    .name = "memorystress",
    .prepare = memory_prepare,
    .attach = memory_attach,
    .on = stress_on,
    .settle = stress_settle,
    .stats = stress_stats,
    .detach = stress_detach,
};
