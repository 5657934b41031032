// SPDX-License-Identifier: Apache-2.0
#include "delay_parts.h"
#include "go_target.h"
#include "load.h"
#include "setting.h"
#include "turns.h"

#define TURNS 8
#define PORT (DELAY_PORT + 1)

static double bulk(void)
{
    return load_bulk(&network, PORT, &(struct route){PEER4, PORT}, 1, &(struct span){100, 500});
}

void delay_bulk(void)
{
    static struct samples late50, late99;
    struct turns idle = {0}, delayed = {0};
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
    turns_head("bulk, one TCP connection", "bare, Gbit/s", "with it", "ratio");
    turns_print_ratio("attached, not on", &idle);
    turns_print_ratio("1 ms", &delayed);
    samples_head("how late packets of the latter were, us");
    samples_print("p50", &late50);
    samples_print("p99", &late99);
}
