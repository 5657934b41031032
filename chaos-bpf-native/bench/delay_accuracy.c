// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "delay_parts.h"
#include "load.h"
#include "setting.h"
#include "turns.h"

#define RATE 1000
#define TURNS 4
#define MEASURED_MS 1000
#define TCP_WARM_UP_MS 1200 /* until the congestion window holds a latency's worth of requests */
#define UDP_WARM_UP_MS 200
#define REQUEST_TURNS 12
#define REQUEST_MS 250

static void round_trips(const char *name, int type, int warm_up_ms)
{
    static struct samples bare, delayed;
    struct turns p50 = {0}, p99 = {0};
    char row[80];
    int fd = connect_to(&network, type, PEER4, DELAY_PORT), unanswered = 0;
    delay_attach("to", DELAY_US);
    for (int turn = 0; turn < TURNS; turn++) {
        bare.count = delayed.count = 0;
        unanswered += load_requests(fd, RATE, 100, MEASURED_MS, &bare);
        ask("on id=b");
        unanswered += load_requests(fd, RATE, warm_up_ms, MEASURED_MS, &delayed);
        ask("off id=b");
        turns_add(&p50, samples_quantile(&bare, 0.5), samples_quantile(&delayed, 0.5) - DELAY_US);
        turns_add(&p99, samples_quantile(&bare, 0.99), samples_quantile(&delayed, 0.99) - DELAY_US);
    }
    ask("detach id=b");
    close(fd);
    snprintf(row, sizeof row, "%s, p50", name);
    turns_print_difference(row, &p50);
    snprintf(row, sizeof row, "%s, p99%s", name, unanswered ? " (some without an answer)" : "");
    turns_print_difference(row, &p99);
}

static void requests(void)
{
    struct turns turns = {0};
    int fd = connect_to(&network, SOCK_DGRAM, PEER4, DELAY_PORT);
    for (int turn = 0; turn < REQUEST_TURNS; turn++) {
        double bare = load_ping_pong(fd, REQUEST_MS);
        delay_attach("to", DELAY_US);
        turns_add(&turns, bare, load_ping_pong(fd, REQUEST_MS));
        ask("detach id=b");
    }
    close(fd);
    turns_head("one request at a time, by UDP", "bare, us", "attached, not on", "ratio");
    turns_print_ratio("round trip", &turns);
}

void delay_accuracy(void)
{
    turns_head("round trip at 1,000 requests/s", "bare, us", "with 100 ms, less 100 ms", "error");
    round_trips("UDP", SOCK_DGRAM, UDP_WARM_UP_MS);
    round_trips("TCP", SOCK_STREAM, TCP_WARM_UP_MS);
    requests();
}
