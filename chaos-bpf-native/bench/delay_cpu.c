// SPDX-License-Identifier: Apache-2.0
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "clock.h"
#include "delay_parts.h"
#include "go_target.h"
#include "load.h"
#include "setting.h"
#include "turns.h"

#define TURNS 5
#define MEASURED_MS 1000
#define PORT (DELAY_PORT + 2)

static unsigned long long thread_ns(int pid, const char *thread)
{
    char path[300];
    unsigned long long ns = 0;
    snprintf(path, sizeof path, "/proc/%d/task/%s/schedstat", pid, thread);
    FILE *file = fopen(path, "r");
    if (file && fscanf(file, "%llu", &ns) != 1)
        ns = 0;
    if (file)
        fclose(file);
    return ns;
}

static double agent_ns(void)
{
    char path[64];
    unsigned long long ns = 0;
    snprintf(path, sizeof path, "/proc/%d/task", agent.pid);
    DIR *threads = opendir(path);
    for (struct dirent *entry; threads && (entry = readdir(threads));)
        ns += thread_ns(agent.pid, entry->d_name);
    if (threads)
        closedir(threads);
    return (double)ns;
}

static void cost(int rate)
{
    static struct samples cpu, late50, late99;
    cpu.count = late50.count = late99.count = 0;
    struct stream *stream = stream_start(&network, PORT, false, rate);
    for (int turn = 0; turn < TURNS; turn++) {
        delay_attach("to", DELAY_US);
        ask("on id=b");
        sleep_ms(200);
        double before = agent_ns();
        uint64_t start = clock_now_ns();
        sleep_ms(MEASURED_MS);
        samples_add(&cpu, (agent_ns() - before) * 100 / (double)(clock_now_ns() - start));
        const char *stats = ask("stats id=b");
        samples_add(&late50, (double)hist_quantile(stats, "err_hist", 0.5));
        samples_add(&late99, (double)hist_quantile(stats, "err_hist", 0.99));
        ask("detach id=b");
    }
    stream_stop(stream);
    char name[64];
    snprintf(name, sizeof name, "%d packets/s held for 100 ms", rate);
    samples_head(name);
    samples_print("helper, percent of a processor", &cpu);
    samples_print("packets late by, p50, us", &late50);
    samples_print("packets late by, p99, us", &late99);
}

void delay_cpu(void)
{
    cost(1000);
    cost(10000);
}
