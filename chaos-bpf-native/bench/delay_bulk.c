// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>

#include "delay_parts.h"
#include "go_target.h"
#include "load.h"
#include "setting.h"
#include "turns.h"

#define TURNS 6
#define PORT (DELAY_PORT + 1)

static double bulk(int send_buffer)
{
    return load_bulk(&network, PORT, &(struct route){PEER4, PORT}, 1,
                     &(struct span){.warm_up_ms = 100, .ms = 500, .send_buffer = send_buffer});
}

static void measure(const char *buffers, int send_buffer)
{
    static struct samples late50, late99;
    struct turns idle = {0}, delayed = {0};
    char row[100];
    late50.count = late99.count = 0;
    for (int turn = 0; turn < TURNS; turn++) {
        double bare = bulk(send_buffer);
        delay_attach("to", 1000);
        turns_add(&idle, bare, bulk(send_buffer));
        ask("on id=b");
        turns_add(&delayed, bare, bulk(send_buffer));
        const char *stats = ask("stats id=b");
        samples_add(&late50, (double)hist_quantile(stats, "err_hist", 0.5));
        samples_add(&late99, (double)hist_quantile(stats, "err_hist", 0.99));
        ask("detach id=b");
    }
    snprintf(row, sizeof row, "bulk, one TCP connection, %s", buffers);
    turns_head(row, "bare, Gbit/s", "with it", "ratio");
    turns_print_ratio("attached, not on", &idle);
    turns_print_ratio("1 ms", &delayed);
    samples_head("how late packets of the latter were, us");
    samples_print("p50", &late50);
    samples_print("p99", &late99);
}

/* By itself the kernel lets a sender have 4 MiB on its way, which takes a millisecond at 24 Gbit/s: over a longer way
 * it is no faster, whoever makes it longer. So it is measured without that limit, too. */
void delay_bulk(void)
{
    measure("the kernel's buffers", 0);
    measure("send buffers of 16 MiB", 16 << 20);
}
