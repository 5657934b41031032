// SPDX-License-Identifier: Apache-2.0
/*
 * What does a listener cost a process that uses io_uring, while nothing is faulted? All rows are measured in turns in
 * this run: compare rows of one run, never figures of two machines.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "live.h"
#include "quantile.h"
#include "uring_target.h"

#define ROUNDS 20
#define SETUPS 200 /* of one round */
#define ENTERS 2000

static char directory[] = "/tmp/chaos-keeper-XXXXXX";
static struct agent agent;

enum { NONE, RINGS, ALL, ALL_AND_FAULT, KINDS };
static const char *const names[KINDS] = {"no listener", "listener for rings alone", "listener for all",
                                         "listener for all, idle fault on another operation"};
static struct uring_target targets[KINDS];

static void start_targets(void)
{
    const char *const rings[] = {getenv("CHAOS_AGENT"), "launch", directory, "--", NULL};
    const char *const all[] = {getenv("CHAOS_AGENT"), "launch", "--enter", directory, "--", NULL};
    for (int i = 0; i < KINDS; i++) {
        targets[i] = uring_target_start(i == NONE ? NULL : i == RINGS ? rings : all);
        uring_target_ask(&targets[i], "nop");
    }
}

static void ask(const char *request)
{
    const char *reply = agent_ask(&agent, "%s", request);
    if (!strncmp(reply, "ok", 2))
        return;
    printf("%s: %s\n", request, reply);
    exit(1);
}

static void put_idle_fault(void)
{
    char request[256];
    snprintf(
        request, sizeof request,
        "attach id=u kind=iouringfault mechanism=seccomp keeper=%s/control.sock pid=%d operation=openat action=drop",
        directory, targets[ALL_AND_FAULT].pid);
    ask(request);
    ask("on id=u");
}

static void measure(const char *title, const char *command)
{
    static struct samples samples[KINDS];
    memset(samples, 0, sizeof samples);
    for (int round = 0; round < ROUNDS; round++)
        for (int i = 0; i < KINDS; i++) {
            const char *answer = uring_target_ask(&targets[i], command);
            samples_add(&samples[i], answer && !strncmp(answer, "ns=", 3) ? atof(answer + 3) : -1);
        }
    double bare = samples_quantile(&samples[NONE], 0.5);
    printf("%-52s ns p50      p90   times bare\n", title);
    for (int i = 0; i < KINDS; i++)
        printf("  %-50s %8.0f %8.0f   %.2f\n", names[i], samples_quantile(&samples[i], 0.5),
               samples_quantile(&samples[i], 0.9), samples_quantile(&samples[i], 0.5) / bare);
    printf("\n");
}

int main(void)
{
    char command[64];
    double load[3] = {0};
    getloadavg(load, 3);
    printf("%ld processors, load average %.2f\n\n", sysconf(_SC_NPROCESSORS_ONLN), load[0]);
    if (!mkdtemp(directory))
        return 1;
    pid_t keeper = uring_keeper_start(directory);
    usleep(300000); /* its sockets */
    agent = agent_start(NULL);
    start_targets();
    put_idle_fault();
    snprintf(command, sizeof command, "time setup %d", SETUPS);
    measure("A ring is made and closed", command);
    snprintf(command, sizeof command, "time enter %d", ENTERS);
    measure("io_uring_enter with one NOP", command);
    for (int i = 0; i < KINDS; i++)
        uring_target_end(&targets[i]);
    agent_end(&agent);
    uring_keeper_end(keeper, directory);
    return 0;
}
