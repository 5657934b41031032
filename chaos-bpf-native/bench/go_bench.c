// SPDX-License-Identifier: Apache-2.0
/*
 * What does a fault in a Go program cost the calls that it does not hit, and how exact is a delay? All rows of a table
 * are measured in turns in this run: compare rows of one run, never figures of two machines.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "go_target.h"
#include "live.h"
#include "quantile.h"

#define ROUNDS 20
#define CALLS 20000 /* of one round */
#define TARGET_NS 1000

static struct agent agent;
static struct go_target target;

static void ask(const char *request)
{
    const char *reply = agent_ask(&agent, "%s", request);
    if (!strncmp(reply, "ok", 2))
        return;
    printf("%s: %s\n", request, reply);
    exit(1);
}

/* ---- calls that are not hit ---- */

static const struct row {
    const char *name, *keys; /* of the fault; none = bare */
    int on;
} rows[] = {
    {"bare", NULL, 0},
    {"gopanic attached, not on", "kind=gopanic", 0},
    {"gopanic on, not the n-th call", "kind=gopanic after=1000000000000", 1},
    {"gopanic on, other goroutine", "kind=gopanic goroutine=main.assistant", 1},
    {"gopanic on, other label", "kind=gopanic label=tenant%3Dacme", 1},
    {"godelay attached, not on", "kind=godelay latency_us=1000", 0},
    {"godelay on, other goroutine", "kind=godelay latency_us=1000 goroutine=main.assistant", 1},
};
#define ROWS (sizeof rows / sizeof *rows)

static double ns_of_a_call(const struct row *row)
{
    char request[256];
    snprintf(request, sizeof request, "attach id=g pid=%d function=main.framed %s", target.pid,
             row->keys ? row->keys : "");
    if (row->keys)
        ask(request);
    if (row->on)
        ask("on id=g");
    double ns = (double)reply_value(go_target_ask(&target, "time framed %d", CALLS), "ns");
    if (row->keys)
        ask("detach id=g");
    return ns;
}

static void cost_of_calls_that_are_not_hit(void)
{
    static struct samples samples[ROWS];
    for (int round = 0; round < ROUNDS; round++)
        for (size_t i = 0; i < ROWS; i++)
            samples_add(&samples[i], ns_of_a_call(&rows[i]));
    double bare = samples_quantile(&samples[0], 0.5);
    printf("A call that is not hit, %d rounds of %d    ns p50  p90   above bare\n", ROUNDS, CALLS);
    for (size_t i = 0; i < ROWS; i++) {
        double ns = samples_quantile(&samples[i], 0.5);
        printf("  %-36s %8.0f %8.0f %8.0f   %.0f times the bare one%s\n", rows[i].name, ns,
               samples_quantile(&samples[i], 0.9), ns - bare, ns / bare,
               i == 0                   ? ""
               : ns - bare <= TARGET_NS ? "; target 1 us met"
                                        : "; target 1 us MISSED");
    }
    printf("\n");
}

/* ---- calls that are ---- */

static void cost_of_a_panic(void)
{
    char request[128];
    snprintf(request, sizeof request, "attach id=g kind=gopanic pid=%d function=main.framed", target.pid);
    ask(request);
    ask("on id=g");
    const char *answer = go_target_ask(&target, "call framed 10000 1");
    printf("10000 panics: %lld recovered, p50 %lld us, p99 %lld us each\n\n", reply_value(answer, "recovered"),
           reply_value(answer, "p50_us"), reply_value(answer, "p99_us"));
    ask("detach id=g");
}

static void print_row(const char *name, const char *stats, const char *key)
{
    printf("  %-36s %8llu %8llu %8llu\n", name, (unsigned long long)hist_quantile(stats, key, 0.5),
           (unsigned long long)hist_quantile(stats, key, 0.99), (unsigned long long)hist_quantile(stats, key, 1));
}

/* One call after the other is held, while another goroutine collects garbage as fast as it can. */
static void accuracy(int latency_us)
{
    char request[128];
    snprintf(request, sizeof request, "attach id=g kind=godelay pid=%d function=main.framed latency_us=%d", target.pid,
             latency_us);
    ask(request);
    go_target_ask(&target, "gc 1000");
    ask("on id=g");
    go_target_ask(&target, "call framed %d 1", 2000000 / latency_us);
    const char *stats = agent_ask(&agent, "stats id=g");
    printf("%6.1f ms at a call, nothing else to do  %8s %8s %8s  us\n", latency_us / 1e3, "p50", "p99", "max");
    print_row("longer than asked", stats, "err_hist");
    ask("off id=g");
    ask("detach id=g");
    ask(request);
    go_target_ask(&target, "gc 1000");
    ask("on id=g");
    go_target_ask(&target, "begin framed");
    go_target_ask(&target, "gc 2000");
    go_target_ask(&target, "end");
    stats = agent_ask(&agent, "stats id=g");
    printf("%6.1f ms, beside runtime.GC() in a loop\n", latency_us / 1e3);
    print_row("longer than asked", stats, "err_hist");
    print_row("the world is stopped, before", stats, "gc_pause_before_hist");
    print_row("the world is stopped, during", stats, "gc_pause_hist");
    print_row("a goroutine waits to run, before", stats, "sched_before_hist");
    print_row("a goroutine waits to run, during", stats, "sched_hist");
    printf("\n");
    ask("detach id=g");
}

/* ---- a service under load ---- */

#define LOAD_MS 10000

static void print_load(const char *name, const char *answer)
{
    printf("  %-24s %8.1f %8.1f %8.1f", name, (double)reply_value(answer, "p50_us") / 1e3,
           (double)reply_value(answer, "p99_us") / 1e3, (double)reply_value(answer, "max_us") / 1e3);
}

static const char *load(struct go_target *service)
{
    return go_target_ask(service, "rate framed 50 %d", LOAD_MS);
}

/* 50 calls a second are held for 50 ms each: more of them at a time than the program has processors. */
static void load_by(struct go_target *service, const char *mechanism, const char *name)
{
    const char *reply =
        agent_ask(&agent, "attach id=g kind=godelay pid=%d function=main.framed latency_us=50000 mechanism=%s",
                  service->pid, mechanism);
    if (strncmp(reply, "ok", 2)) {
        printf("  %-24s not on this kernel\n", name);
        return;
    }
    ask("on id=g");
    print_load(name, load(service));
    const char *stats = agent_ask(&agent, "stats id=g");
    printf("   %8.2f %8.2f\n", (double)hist_quantile(stats, "sched_hist", 0.5) / 1e3,
           (double)hist_quantile(stats, "sched_hist", 0.99) / 1e3);
    ask("off id=g");
    ask("detach id=g");
}

static void load_of_a_service(void)
{
    setenv("GOMAXPROCS", "2", 1);
    struct go_target service = go_target_start("probed");
    unsetenv("GOMAXPROCS");
    printf("50 calls/s held for 50 ms, GOMAXPROCS=2; ms   call p50      p99      max  waits p50     p99\n");
    print_load("not held", load(&service));
    printf("\n");
    load_by(&service, "registers", "registers written by BPF");
    load_by(&service, "tracer", "tracer");
    load_by(&service, "spinning", "spinning");
    printf("\n");
    go_target_end(&service);
}

int main(void)
{
    double load[3] = {0};
    getloadavg(load, 3);
    printf("%ld processors, load average %.2f\n\n", sysconf(_SC_NPROCESSORS_ONLN), load[0]);
    setvbuf(stdout, NULL, _IOLBF, 0);
    agent = agent_start(NULL);
    target = go_target_start("probed");
    cost_of_calls_that_are_not_hit();
    cost_of_a_panic();
    accuracy(1000);
    accuracy(10000);
    accuracy(100000);
    load_of_a_service();
    agent_end(&agent);
    go_target_end(&target);
    return 0;
}
