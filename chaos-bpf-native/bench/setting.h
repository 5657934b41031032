// SPDX-License-Identifier: Apache-2.0
/* What the benchmarks of delays run in: a pod and its peer, and an agent. */
#ifndef SETTING_H
#define SETTING_H

#include "live.h"

extern struct network network;
extern struct agent agent;

/* Makes them, and prints what machine this is. */
void setting_prepare(void);

/* A request to the agent; the program ends when it is refused. */
__attribute__((format(printf, 1, 2))) const char *ask(const char *format, ...);

/* A delay on the pod, id=b, off for now; direction as the request has it. */
void delay_attach(const char *direction, int latency_us);

/* A load whose threads come first measures the delay, and not when it got a processor itself. 0: an ordinary process
 * again. Of the calling thread and those it starts. */
void set_priority(int priority);

#endif
