// SPDX-License-Identifier: Apache-2.0
/*
 * How exact is a delay, what does it cost, how fast is it switched? Every row with the fault stands beside the same
 * load without it, measured in turns in this run on this machine: compare rows of one run, never figures of two
 * machines.
 */
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "clock.h"
#include "load.h"

#define PORT 7200
#define LATENCY_US 100000
#define RATE 1000
#define ROUNDS 4
#define MEASURED_MS 1000
#define TCP_WARM_UP_MS 1200 /* until the congestion window holds a latency's worth of requests */
#define BULK_ROUNDS 4
#define BULK_MS 600
#define SWITCHES 10

#define TARGET_P50_US 50
#define TARGET_P99_US 500

static struct network network;
static struct agent agent;

static void ask(const char *request)
{
    const char *reply = agent_ask(&agent, "%s", request);
    if (strncmp(reply, "ok", 2)) {
        printf("%s: %s\n", request, reply);
        exit(1);
    }
}

static void attach(int latency_us)
{
    char request[200];
    snprintf(request, sizeof request, "attach id=b kind=networkdelay pid=%d dev=eth0 direction=to latency_us=%d",
             network.pod, latency_us);
    ask(request);
}

/* ---- accuracy ---- */

static void print_error_row(const char *name, struct samples *s)
{
    printf("  %-36s %8.1f %8.1f %8.1f\n", name, samples_quantile(s, 0.5), samples_quantile(s, 0.99),
           samples_quantile(s, 1));
}

static void subtract(struct samples *s, double value)
{
    for (size_t i = 0; i < s->count; i++)
        s->value[i] -= value;
}

static void accuracy(const char *name, int type, int warm_up_ms)
{
    static struct samples floor, delayed;
    floor.count = delayed.count = 0;
    int fd = connect_to(&network, type, PEER4, PORT), unanswered = 0;
    attach(LATENCY_US);
    for (int round = 0; round < ROUNDS; round++) {
        unanswered += load_requests(fd, RATE, 100, MEASURED_MS, &floor);
        ask("on id=b");
        unanswered += load_requests(fd, RATE, warm_up_ms, MEASURED_MS, &delayed);
        ask("off id=b");
    }
    ask("detach id=b");
    close(fd);
    subtract(&delayed, LATENCY_US);
    printf("%s at %d requests/s                   %8s %8s %8s  us\n", name, RATE, "p50", "p99", "max");
    print_error_row("round trip without the fault (floor)", &floor);
    print_error_row("round trip with it, less 100 ms", &delayed);
    double p50 = samples_quantile(&delayed, 0.5) - samples_quantile(&floor, 0.5);
    double p99 = samples_quantile(&delayed, 0.99) - samples_quantile(&floor, 0.99);
    printf("  %-36s %8.1f %8.1f\n", "error above the floor", p50, p99);
    printf("  target: p50 within %d us %s, p99 within %d us %s; unanswered: %d of %zu\n\n", TARGET_P50_US,
           p50 <= TARGET_P50_US && p50 >= -TARGET_P50_US ? "met" : "MISSED", TARGET_P99_US,
           p99 <= TARGET_P99_US ? "met" : "MISSED", unanswered, floor.count + delayed.count + (size_t)unanswered);
}

/* ---- idle cost ---- */

static void idle_cost(void)
{
    static struct samples bare, idle;
    int fd = connect_to(&network, SOCK_DGRAM, PEER4, PORT);
    for (int round = 0; round < ROUNDS; round++) {
        samples_add(&bare, load_ping_pong(fd, 400));
        attach(LATENCY_US);
        samples_add(&idle, load_ping_pong(fd, 400));
        ask("detach id=b");
    }
    close(fd);
    double b = samples_quantile(&bare, 0.5), i = samples_quantile(&idle, 0.5);
    printf("One request at a time, UDP              us/request\n");
    printf("  %-36s %8.2f\n  %-36s %8.2f   %.3f times the bare one\n\n", "bare", b, "attached, not switched on", i,
           i / b);
}

/* ---- throughput ---- */

static void throughput(void)
{
    double bare = 0, idle = 0, delayed = 0;
    for (int round = 0; round < BULK_ROUNDS; round++) {
        bare += load_bulk(&network, PORT + 1, BULK_MS) / BULK_ROUNDS;
        attach(1000);
        idle += load_bulk(&network, PORT + 1, BULK_MS) / BULK_ROUNDS;
        ask("on id=b");
        delayed += load_bulk(&network, PORT + 1, BULK_MS) / BULK_ROUNDS;
        ask("detach id=b");
    }
    printf("Bulk TCP                                  Gbit/s\n");
    printf("  %-36s %8.2f\n", "bare", bare);
    printf("  %-36s %8.2f   %.3f times the bare one\n", "attached, not switched on", idle, idle / bare);
    printf("  %-36s %8.2f   %.3f times the bare one\n\n", "1 ms delay", delayed, delayed / bare);
}

/* ---- switching ---- */

static double ms_since(uint64_t asked_ns, const char *key)
{
    return (double)(reply_value(agent_ask(&agent, "stats id=b"), key) - (long long)asked_ns) / 1e6;
}

static void print_switch_row(const char *name, struct samples *s)
{
    printf("  %-36s %8.3f %8.3f\n", name, samples_quantile(s, 0.5), samples_quantile(s, 1));
}

/* What is held at a revert goes out first, in order: the more, the later comes the first clean packet. */
static void switching(int rate)
{
    static struct samples hit, on, prompt, clean, drained, off;
    hit.count = on.count = prompt.count = clean.count = drained.count = off.count = 0;
    attach(LATENCY_US);
    struct stream *stream = stream_start(&network, PORT + 2, rate);
    for (int i = 0; i < SWITCHES; i++) {
        sleep_ms(100);
        uint64_t asked = clock_now_ns();
        ask("on id=b");
        samples_add(&on, (double)(clock_now_ns() - asked) / 1e6);
        sleep_ms(200);
        samples_add(&hit, ms_since(asked, "t_first_hit_ns"));
        asked = clock_now_ns();
        stream_watch(stream, asked);
        ask("off id=b");
        samples_add(&off, (double)(clock_now_ns() - asked) / 1e6);
        sleep_ms(50);
        samples_add(&prompt, stream_first_prompt_ms(stream));
        samples_add(&clean, ms_since(asked, "t_first_clean_ns"));
        samples_add(&drained, ms_since(asked, "t_last_sent_ns"));
    }
    struct stream_result result = stream_stop(stream);
    ask("detach id=b");
    printf("Switching at %5d packets/s, %d times  %8s %8s  ms\n", rate, SWITCHES, "p50", "max");
    print_switch_row("on:  request -> first packet held", &hit);
    print_switch_row("on:  request -> reply", &on);
    print_switch_row("off: request -> a new packet arrives", &prompt);
    print_switch_row("off: request -> first packet let pass", &clean);
    print_switch_row("off: request -> last held one sent", &drained);
    print_switch_row("off: request -> reply", &off);
    printf("  %d sent, %d lost, %d reordered\n\n", result.sent, result.lost, result.reordered);
}

/* So that the load measures the delay line, not when the load itself got a processor. */
static void become_real_time(void)
{
    struct sched_param parameters = {.sched_priority = 40};
    prctl(PR_SET_TIMERSLACK, 1);
    if (sched_setscheduler(0, SCHED_FIFO, &parameters))
        printf("(without SCHED_FIFO: the floor is that of an ordinary process)\n");
}

int main(void)
{
    double load[3] = {0};
    getloadavg(load, 3);
    printf("%ld processors, load average %.2f\n\n", sysconf(_SC_NPROCESSORS_ONLN), load[0]);
    setvbuf(stdout, NULL, _IOLBF, 0);
    network = network_create();
    agent = agent_start(NULL);
    become_real_time();
    echo_at(&network, SOCK_DGRAM, PORT);
    echo_at(&network, SOCK_STREAM, PORT);
    accuracy("UDP", SOCK_DGRAM, 200);
    accuracy("TCP", SOCK_STREAM, TCP_WARM_UP_MS);
    idle_cost();
    throughput();
    switching(1000);
    switching(10000);
    agent_end(&agent);
    network_destroy(&network);
    return 0;
}
