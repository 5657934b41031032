// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>

#include "delay_parts.h"
#include "load.h"
#include "netstat.h"
#include "setting.h"
#include "turns.h"

#define TURNS 3
#define PORT (DELAY_PORT + 1)

static double bulk(int connections)
{
    return load_bulk(&network, PORT, &(struct route){PEER4, PORT}, connections,
                     &(struct span){.warm_up_ms = 2000, .ms = 1500});
}

/* Whatever would make it another fault than a longer way. */
static struct {
    long reordered;
    long long undelayed, refused;
} seen;

static double delayed_bulk(int connections)
{
    delay_attach("to", DELAY_US);
    long before = netstat_reordered(network.pod);
    ask("on id=b");
    double rate = bulk(connections);
    seen.reordered += netstat_reordered(network.pod) - before;
    const char *stats = ask("stats id=b");
    seen.undelayed += reply_value(stats, "skipped") + reply_value(stats, "expired");
    seen.refused += reply_value(stats, "full");
    ask("detach id=b");
    return rate;
}

void delay_connections(void)
{
    struct turns four = {0}, sixteen = {0};
    for (int turn = 0; turn < TURNS; turn++) {
        double one = delayed_bulk(1);
        turns_add(&four, 4 * one, delayed_bulk(4));
        turns_add(&sixteen, 16 * one, delayed_bulk(16));
    }
    turns_head("bulk through 100 ms, TCP", "one, so many times, Gbit/s", "all at once", "ratio");
    turns_print_ratio("4 connections", &four);
    turns_print_ratio("16 connections", &sixteen);
    printf("\nOf these: reorderings seen by TCP %ld, packets undelayed %lld, refused by a full queue %lld.\n",
           seen.reordered, seen.undelayed, seen.refused);
}
