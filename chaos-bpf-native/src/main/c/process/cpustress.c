// SPDX-License-Identifier: Apache-2.0
/* kind=cpustress: workers that compute for a share of the time. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>

#include "clock.h"
#include "stress.h"

#define MILLION 1000000
#define SLICE_NS 20000000ull
#define TURNS 20000 /* some microseconds: until the clocks and the switch are looked at again */

struct cpu_options {
    uint64_t workers, load_ppm;
    bool of_limit; /* the load is of what the container may use, by all workers; else of a processor, by each */
};

static void *cpu_prepare(struct request *request, const struct target *target, struct failure *f)
{
    (void)target;
    struct cpu_options *options = calloc(1, sizeof *options);
    const char *of = request_get(request, "of");
    request_get(request, "seed"); /* every fault is given one; there is nothing to draw here */
    request_get(request, "container");
    if (!options) {
        fail(f, FAILED, ENOMEM, "no memory for a stress");
        return NULL;
    }
    *options = (struct cpu_options){.workers = 1, .load_ppm = MILLION, .of_limit = of && !strcmp(of, "limit")};
    if (of && !options->of_limit && strcmp(of, "cpu"))
        fail(f, BAD_REQUEST, 0, "of=%.20s: expected cpu or limit", of);
    else if (!request_number(request, "workers", 1, STRESS_MAX_WORKERS, &options->workers, f) &&
             !request_number(request, "load_ppm", 1, MILLION, &options->load_ppm, f))
        return options;
    free(options);
    return NULL;
}

static uint64_t used_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void sleep_until(uint64_t ns)
{
    const struct timespec time = {.tv_sec = (time_t)(ns / 1000000000u), .tv_nsec = (long)(ns % 1000000000u)};
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL);
}

static void compute(void)
{
    for (volatile int turns = 0; turns < TURNS; turns++)
        ;
}

/* The last slice is cut short. */
static void account(const struct stress *stress, uint64_t took)
{
    volatile struct stress_shared *shared = stress->shared;
    uint64_t none = 0;
    __atomic_add_fetch(&shared->asked, stress_is_on(stress) ? stress->amount : took, __ATOMIC_RELAXED);
    __atomic_add_fetch(&shared->control.seen, 1, __ATOMIC_RELAXED);
    __atomic_add_fetch(&shared->control.matched, 1, __ATOMIC_RELAXED);
    if (!took)
        return;
    __atomic_add_fetch(&shared->taken, took, __ATOMIC_RELAXED);
    __atomic_add_fetch(&shared->control.hit, 1, __ATOMIC_RELAXED);
    if (!shared->control.first_hit_ns)
        __atomic_compare_exchange_n(&shared->control.first_hit_ns, &none, clock_now_ns(), false, __ATOMIC_RELAXED,
                                    __ATOMIC_RELAXED);
}

/* What a slice did not get, as others had the processor, is not made up for in the next one. */
static void compute_share(const struct stress *stress)
{
    prctl(PR_SET_NAME, "chaos-cpu");
    prctl(PR_SET_TIMERSLACK, 1);
    for (uint64_t begin = clock_now_ns(); stress_is_on(stress);) {
        uint64_t before = used_ns(), end = begin + SLICE_NS, now;
        bool may = stress_may(stress);
        while (may && stress_is_on(stress) && clock_now_ns() < end && used_ns() - before < stress->amount)
            compute();
        if (may)
            account(stress, used_ns() - before);
        else
            __atomic_add_fetch(&stress->shared->control.expired, 1, __ATOMIC_RELAXED);
        sleep_until(end);
        now = clock_now_ns();
        begin = now - end < SLICE_NS ? end : now;
    }
}

/* Of a slice, what each worker takes; 0 with the failure. */
static uint64_t busy_ns(const struct cpu_options *options, const struct resources *resources, struct failure *f)
{
    uint64_t limit = options->of_limit ? resources_cpu_limit(resources) : options->workers * MILLION;
    if (limit == RESOURCES_NONE) {
        fail(f, NO_LIMIT, 0, "of=limit: the container has no limit of processor time that load could be a share of");
        return 0;
    }
    uint64_t all_ppm = limit * options->load_ppm / MILLION, most_ppm = options->workers * MILLION;
    if (all_ppm > most_ppm) {
        fail(f, BAD_REQUEST, 0, "workers=%u: of a limit of %u.%02u processors that load needs %u or more",
             (unsigned)options->workers, (unsigned)(limit / MILLION), (unsigned)(limit % MILLION / 10000),
             (unsigned)((all_ppm + MILLION - 1) / MILLION));
        return 0;
    }
    uint64_t ns = SLICE_NS * all_ppm / most_ppm;
    return ns ? ns : 1;
}

static int prepare_workers(struct stress *stress, const struct cpu_options *options, struct failure *f)
{
    if (stress->resources.cpu.directory < 0)
        return fail(f, UNSUPPORTED, 0, "the container has no cgroup of its own of the cpu controller");
    stress->fault.mechanism = "workers in the container's cgroup";
    stress->workers = (uint32_t)options->workers;
    stress->work = compute_share;
    stress->amount = busy_ns(options, &stress->resources, f);
    return stress->amount ? 0 : -1;
}

static struct fault *cpu_attach(void *wanted, const struct target *target, struct reply *reply, struct failure *f)
{
    struct stress *stress = stress_open(target, f);
    if (!stress || prepare_workers(stress, wanted, f)) {
        stress_close(stress);
        return NULL;
    }
    uint64_t limit = resources_cpu_limit(&stress->resources);
    if (limit != RESOURCES_NONE)
        reply_number(reply, "limit", limit);
    return &stress->fault;
}

const struct fault_kind cpustress_kind = {
    .name = "cpustress",
    .prepare = cpu_prepare,
    .attach = cpu_attach,
    .on = stress_on,
    .settle = stress_settle,
    .stats = stress_stats,
    .detach = stress_detach,
};
