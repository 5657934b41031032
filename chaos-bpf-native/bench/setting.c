// SPDX-License-Identifier: Apache-2.0
#include "setting.h"

#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

struct network network;
struct agent agent;

void setting_prepare(void)
{
    double load[3] = {0};
    getloadavg(load, 3);
    setvbuf(stdout, NULL, _IOLBF, 0);
    printf("%ld processors, load average %.2f\n", sysconf(_SC_NPROCESSORS_ONLN), load[0]);
    network = network_create();
    agent = agent_start(NULL);
}

const char *ask(const char *format, ...)
{
    char request[400];
    va_list args;
    va_start(args, format);
    vsnprintf(request, sizeof request, format, args);
    va_end(args);
    const char *reply = agent_ask(&agent, "%s", request);
    if (strncmp(reply, "ok", 2)) {
        printf("%s: %s\n", request, reply);
        exit(1);
    }
    return reply;
}

void delay_attach(const char *direction, int latency_us)
{
    ask("attach id=b kind=networkdelay pid=%d dev=eth0 direction=%s latency_us=%d", network.pod, direction, latency_us);
}

void set_priority(int priority)
{
    struct sched_param parameters = {.sched_priority = priority};
    prctl(PR_SET_TIMERSLACK, 1);
    if (sched_setscheduler(0, priority ? SCHED_FIFO : SCHED_OTHER, &parameters))
        printf("(without SCHED_FIFO: the floor is that of an ordinary process)\n");
}
