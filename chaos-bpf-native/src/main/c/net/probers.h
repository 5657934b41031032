// SPDX-License-Identifier: Apache-2.0
/* Connections that may be probes of the pod's health: what a request says of them, and what `stats` does. */
#ifndef PROBERS_H
#define PROBERS_H

#include <sys/types.h>

#include "delay.h"
#include "reply.h"
#include "request.h"

/*
 * probed_port=N,…  the pod's ports that probes go to; without any the rest is not looked at
 * prober=ADDR,…    where they come from; "gateway" is the pod's default gateway, as it is where a bridge joins pods
 * probes=hit|spare whether they are held as well
 */
int probers_parse(struct request *request, pid_t pid, struct delay_probers *probers, struct failure *f);

/* The packets that may have been a probe's, held or spared, and the connections they belong to. */
void probers_stats(int map, uint64_t packets, struct reply *reply);

#endif
