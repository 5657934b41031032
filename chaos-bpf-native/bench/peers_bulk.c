// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>
#include <unistd.h>

#include "load.h"
#include "peers_parts.h"
#include "setting.h"
#include "turns.h"

#define BRIEF ((struct span){.warm_up_ms = 100, .ms = 500})
#define GROWN ((struct span){.warm_up_ms = 2000, .ms = 1000}) /* the windows, by then */

static void idle_cost(void)
{
    struct turns idle = {0};
    int direct = open_route(straight(PEERS_PORT)), through = open_route(proxied(PEERS_PORT));
    for (int turn = 0; turn < PEERS_TURNS; turn++) {
        double none = load_ping_pong(direct, 400);
        delay_attach("to", PEERS_LATENCY_MS * 1000);
        double attached = load_ping_pong(direct, 400);
        ask("detach id=b");
        turns_add(&idle, attached / none, load_ping_pong(through, 400) / none);
    }
    close(direct);
    close(through);
    turns_print_ratio("a request while idle, of the bare one", &idle);
}

static double bulk(struct route route, int connections, struct span span)
{
    return load_bulk(&network, PEERS_PORT + 1, &route, connections, &span);
}

static double share(double rate, double none)
{
    return rate / none * 100;
}

static void throughput(void)
{
    struct turns idle = {0}, late = {0};
    for (int turn = 0; turn < PEERS_TURNS; turn++) {
        double none = bulk(straight(PEERS_PORT + 1), 1, BRIEF);
        delay_attach("to", 1000);
        double attached = bulk(straight(PEERS_PORT + 1), 1, BRIEF), through = bulk(proxied(PEERS_PORT + 1), 1, BRIEF);
        turns_add(&idle, share(attached, none), share(through, none));
        ask("on id=b");
        double held = bulk(straight(PEERS_PORT + 1), 1, BRIEF);
        ask("detach id=b");
        proxy_delay(&proxy, PEERS_PORT + 1, 1);
        turns_add(&late, share(held, none), share(bulk(proxied(PEERS_PORT + 1), 1, BRIEF), none));
        proxy_clean(&proxy, PEERS_PORT + 1);
    }
    turns_print_ratio("bulk while idle, percent of bare", &idle);
    turns_print_ratio("bulk with 1 ms, percent of bare", &late);
}

static void parallel(int connections)
{
    struct turns rate = {0};
    char name[64];
    for (int turn = 0; turn < PEERS_TURNS; turn++) {
        delay_attach("to", PEERS_LATENCY_MS * 1000);
        ask("on id=b");
        double held = bulk(straight(PEERS_PORT + 1), connections, GROWN);
        ask("detach id=b");
        proxy_delay(&proxy, PEERS_PORT + 1, PEERS_LATENCY_MS);
        turns_add(&rate, held, bulk(proxied(PEERS_PORT + 1), connections, GROWN));
        proxy_clean(&proxy, PEERS_PORT + 1);
    }
    snprintf(name, sizeof name, "bulk with 100 ms, %d at once, Gbit/s", connections);
    turns_print_ratio(name, &rate);
}

void peers_bulk(void)
{
    idle_cost();
    throughput();
    parallel(1);
    parallel(4);
    parallel(16);
}
