// SPDX-License-Identifier: Apache-2.0
#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "load.h"
#include "peers_parts.h"
#include "setting.h"
#include "turns.h"

#define WARM_UP_MS 1200 /* until the congestion window holds a latency's worth of requests */
#define MEASURED_MS 1000

static struct samples bare, ours, theirs;

static void requests(int fd, int rate, int warm_up_ms, struct samples *into)
{
    into->count = 0;
    if (load_requests(fd, rate, warm_up_ms, MEASURED_MS, into) > 0)
        printf("  (some requests of this turn had no answer)\n");
}

/* How far each round trip is from the bare one's median and what was asked for. */
static double error(struct samples *samples, double expected, double q)
{
    static struct samples errors;
    errors.count = 0;
    for (size_t i = 0; i < samples->count; i++)
        samples_add(&errors, fabs(samples->value[i] - expected));
    return samples_quantile(&errors, q);
}

void peers_accuracy(int rate)
{
    struct turns p50 = {0}, p99 = {0}, floor50 = {0}, floor99 = {0};
    char name[64];
    int direct = open_route(straight(PEERS_PORT)), through = open_route(proxied(PEERS_PORT));
    delay_attach("to", PEERS_LATENCY_MS * 1000);
    set_priority(40);
    for (int turn = 0; turn < PEERS_TURNS; turn++) {
        requests(direct, rate, 100, &bare);
        ask("on id=b");
        requests(direct, rate, WARM_UP_MS, &ours);
        ask("off id=b");
        proxy_delay(&proxy, PEERS_PORT, PEERS_LATENCY_MS);
        requests(through, rate, WARM_UP_MS, &theirs);
        proxy_clean(&proxy, PEERS_PORT);
        double floor = samples_quantile(&bare, 0.5), expected = floor + PEERS_LATENCY_MS * 1000;
        turns_add(&p50, error(&ours, expected, 0.5), error(&theirs, expected, 0.5));
        turns_add(&p99, error(&ours, expected, 0.99), error(&theirs, expected, 0.99));
        turns_add(&floor50, error(&bare, floor, 0.5), error(&theirs, expected, 0.5));
        turns_add(&floor99, error(&bare, floor, 0.99), error(&theirs, expected, 0.99));
    }
    set_priority(0);
    ask("detach id=b");
    close(direct);
    close(through);
    snprintf(name, sizeof name, "error of 100 ms at %d/s, p50, us", rate);
    turns_print_ratio(name, &p50);
    turns_print_ratio("as it were of a perfect injector", &floor50);
    snprintf(name, sizeof name, "error of 100 ms at %d/s, p99, us", rate);
    turns_print_ratio(name, &p99);
    turns_print_ratio("as it were of a perfect injector", &floor99);
}
