// SPDX-License-Identifier: Apache-2.0
/* How near does a bandwidth come to what is asked for? In IP bytes on the wire, counted where they arrive. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "flow.h"
#include "live.h"

#define PORT 7960
#define SETTLE_MS 3000 /* a queue of 256 KiB takes two seconds at 1 Mbit/s */
#define WINDOW_MS 10000

static struct flow measured(const struct agent *agent, int type, uint64_t rate_mbit)
{
    struct flow flow = {.type = type, .offered_mbit = 1.5 * (double)rate_mbit, .network = network_create()};
    const char *reply = agent_ask(agent,
                                  "attach id=b kind=networkbandwidth pid=%d dev=eth0 direction=to "
                                  "rate_bit=%" PRIu64,
                                  flow.network.pod, rate_mbit * 1000000);
    if (!strncmp(reply, "ok ", 3))
        reply = agent_ask(agent, "on id=b");
    if (strncmp(reply, "ok ", 3)) {
        fprintf(stderr, "%s\n", reply);
        exit(1);
    }
    flow_open(&flow, PORT);
    flow_measure(&flow, SETTLE_MS, WINDOW_MS);
    agent_ask(agent, "detach id=b");
    network_destroy(&flow.network);
    return flow;
}

int main(void)
{
    const uint64_t rates_mbit[] = {1, 10, 100, 1000};
    struct agent agent = agent_start(NULL);
    printf("\nBandwidth: Mbit/s that arrive in %d s, and their ratio to what is asked for\n", WINDOW_MS / 1000);
    printf("%10s %12s %7s %12s %7s %16s\n", "asked", "TCP", "ratio", "UDP", "ratio", "sent by UDP");
    for (int i = 0; i < 4; i++) {
        double asked = (double)rates_mbit[i];
        double tcp = measured(&agent, SOCK_STREAM, rates_mbit[i]).mbit;
        struct flow udp = measured(&agent, SOCK_DGRAM, rates_mbit[i]);
        printf("%10.0f %12.3f %7.3f %12.3f %7.3f %16.3f%s\n", asked, tcp, tcp / asked, udp.mbit, udp.mbit / asked,
               udp.sent_mbit, udp.sent_mbit < asked ? " (less than asked: the sender's limit)" : "");
        fflush(stdout);
    }
    return agent_end(&agent);
}
