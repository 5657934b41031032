// SPDX-License-Identifier: Apache-2.0
/* Two networks with name servers, an agent, and what resolvers in the pods see of its faults. */
#ifndef DNS_LIVE_H
#define DNS_LIVE_H

#include <stdlib.h>

#include "check.h"
#include "dns_server.h"

static struct network network, other;
static struct agent agent;

static inline void set_up(void)
{
    network = network_create();
    other = network_create();
    start_server(&network, PEER4);
    start_server(&network, PEER6);
    start_server(&other, PEER4);
    agent = agent_start(NULL);
}

static inline const char *printed_by(const char *command)
{
    static char output[8192];
    FILE *pipe = popen(command, "r");
    size_t n = pipe ? fread(output, 1, sizeof output - 1, pipe) : 0;
    output[n] = 0;
    if (pipe)
        pclose(pipe);
    return output;
}

/* What dig prints in the pod of a network. */
static inline const char *dig(const struct network *at, const char *arguments)
{
    char command[4096];
    snprintf(command, sizeof command, "nsenter -t %d -n dig +tries=1 +time=5 %s 2>&1", at->pod, arguments);
    return printed_by(command);
}

static inline void attach_and_on(const char *id, const char *what)
{
    CHECK_CONTAINS(agent_ask(&agent, "attach id=%s kind=dnschaos pid=%d dev=eth0 %s", id, network.pod, what), "ok");
    CHECK_CONTAINS(agent_ask(&agent, "on id=%s", id), "ok t_on_ns=");
}

static inline void detach(const char *id)
{
    CHECK_CONTAINS(agent_ask(&agent, "off id=%s", id), "ok drained=0 t_off_ns=");
    CHECK_CONTAINS(agent_ask(&agent, "detach id=%s", id), "ok");
}

#endif
