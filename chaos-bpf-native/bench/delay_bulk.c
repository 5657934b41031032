// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>
#include <stdlib.h>

#include "delay_parts.h"
#include "go_target.h"
#include "load.h"
#include "setting.h"
#include "turns.h"

#define TURNS 6
#define PORT (DELAY_PORT + 1)

static double bulk(void)
{
    return load_bulk(&network, PORT, &(struct route){PEER4, PORT}, 1, &(struct span){.warm_up_ms = 100, .ms = 500});
}

static void let_send_buffers_grow(int mib)
{
    char command[160];
    snprintf(command, sizeof command, "nsenter -t %d -n sysctl -qw net.ipv4.tcp_wmem='4096 16384 %d'", network.pod,
             mib << 20);
    if (system(command))
        exit(1);
}

static void measure(int mib)
{
    static struct samples late50, late99;
    struct turns idle = {0}, delayed = {0};
    char row[100];
    late50.count = late99.count = 0;
    let_send_buffers_grow(mib);
    for (int turn = 0; turn < TURNS; turn++) {
        double bare = bulk();
        delay_attach("to", 1000);
        turns_add(&idle, bare, bulk());
        ask("on id=b");
        turns_add(&delayed, bare, bulk());
        const char *stats = ask("stats id=b");
        samples_add(&late50, (double)hist_quantile(stats, "err_hist", 0.5));
        samples_add(&late99, (double)hist_quantile(stats, "err_hist", 0.99));
        ask("detach id=b");
    }
    snprintf(row, sizeof row, "bulk, one TCP connection, send buffers up to %d MiB", mib);
    turns_head(row, "bare, Gbit/s", "with it", "ratio");
    turns_print_ratio("attached, not on", &idle);
    turns_print_ratio("1 ms", &delayed);
    samples_head("how late packets of the latter were, us");
    samples_print("p50", &late50);
    samples_print("p99", &late99);
}

/*
 * By default a send buffer grows up to 4 MiB, which is what is on its way in a millisecond at 24 Gbit/s: over a longer
 * way a sender is no faster, whoever makes it longer. So it is measured without that limit, too.
 */
void delay_bulk(void)
{
    measure(4);
    measure(32);
    let_send_buffers_grow(4);
}
