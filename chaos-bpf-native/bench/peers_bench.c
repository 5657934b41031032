// SPDX-License-Identifier: Apache-2.0
/*
 * @NetworkDelay beside Toxiproxy: the same load, the same 100 ms towards the peer, in turns, in this run on this
 * machine. Toxiproxy is where people have it, a process in the pod's network that the pod connects to in place of its
 * peer.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "peers_parts.h"
#include "setting.h"
#include "turns.h"

static void prepare(const char *program)
{
    char command[200];
    setting_prepare();
    snprintf(command, sizeof command,
             "nsenter -t %d -n sh -c 'ip link set lo up; echo reno >/proc/sys/net/ipv4/tcp_congestion_control'",
             network.pod);
    if (system(command))
        exit(1);
    echo_at(&network, SOCK_STREAM, PEERS_PORT);
    proxy = proxy_start(&network, program);
    proxy_add(&proxy, PEERS_PORT);
    proxy_add(&proxy, PEERS_PORT + 1);
}

int main(void)
{
    const char *program = getenv("TOXIPROXY");
    if (!program) {
        fputs("TOXIPROXY must name the file of toxiproxy-server\n", stderr);
        return 2;
    }
    prepare(program);
    printf("%d turns of each; all figures: median (least to most). Toxiproxy ends the connection: TCP sees no latency\n"
           "there, so bulk is not what a slow network would give.\n",
           PEERS_TURNS);
    turns_head("", "chaos-junit", "Toxiproxy 2.12", "Toxiproxy / chaos-junit");
    peers_accuracy(200);
    peers_accuracy(1000);
    peers_bulk();
    peers_switching();
    peers_death();
    network_destroy(&network);
    return 0;
}
