// SPDX-License-Identifier: Apache-2.0
/*
 * @NetworkDelay beside Toxiproxy: the same load, the same 100 ms towards the peer, in turns, in this run on this
 * machine. Toxiproxy is where people have it, a process in the pod's network that the pod connects to in place of its
 * peer.
 */
#include <math.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "clock.h"
#include "load.h"
#include "proxy.h"
#include "turns.h"

#define PORT 7200 /* echoes; the next one takes bulk */
#define LATENCY_MS 100
#define TURNS 5
#define WARM_UP_MS 1200 /* until the congestion window holds a latency's worth of requests */
#define MEASURED_MS 1000
#define HELD 100
#define MESSAGE 64
#define AFTER_KILL 100

static struct network network;
static struct agent agent;
static struct proxy proxy;

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

static struct route straight(uint16_t port)
{
    return (struct route){PEER4, port};
}

static struct route proxied(uint16_t port)
{
    return (struct route){PROXY_ADDRESS, (uint16_t)(port - PROXY_BEFORE)};
}

static int open_route(struct route route)
{
    return connect_to(&network, SOCK_STREAM, route.address, route.port);
}

/* A light load whose threads come first, so that it measures the delay and not when it got a processor itself. */
static void set_priority(int priority)
{
    struct sched_param parameters = {.sched_priority = priority};
    prctl(PR_SET_TIMERSLACK, 1);
    if (sched_setscheduler(0, priority ? SCHED_FIFO : SCHED_OTHER, &parameters))
        printf("(without SCHED_FIFO: the floor is that of an ordinary process)\n");
}

/* ---- accuracy ---- */

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

static void accuracy(int rate)
{
    struct turns p50 = {0}, p99 = {0}, floor50 = {0}, floor99 = {0};
    char name[64];
    int direct = open_route(straight(PORT)), through = open_route(proxied(PORT));
    attach(LATENCY_MS * 1000);
    set_priority(40);
    for (int turn = 0; turn < TURNS; turn++) {
        requests(direct, rate, 100, &bare);
        ask("on id=b");
        requests(direct, rate, WARM_UP_MS, &ours);
        ask("off id=b");
        proxy_delay(&proxy, PORT, LATENCY_MS);
        requests(through, rate, WARM_UP_MS, &theirs);
        proxy_clean(&proxy, PORT);
        double floor = samples_quantile(&bare, 0.5), expected = floor + LATENCY_MS * 1000;
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
    turns_print(name, &p50);
    turns_print("  as it were of a perfect injector", &floor50);
    snprintf(name, sizeof name, "error of 100 ms at %d/s, p99, us", rate);
    turns_print(name, &p99);
    turns_print("  as it were of a perfect injector", &floor99);
}

/* ---- cost ---- */

static void idle_cost(void)
{
    struct turns idle = {0};
    int direct = open_route(straight(PORT)), through = open_route(proxied(PORT));
    for (int turn = 0; turn < TURNS; turn++) {
        double none = load_ping_pong(direct, 400);
        attach(LATENCY_MS * 1000);
        double attached = load_ping_pong(direct, 400);
        ask("detach id=b");
        turns_add(&idle, attached / none, load_ping_pong(through, 400) / none);
    }
    close(direct);
    close(through);
    turns_print("a request while idle, of the bare one", &idle);
}

static double bulk(struct route route, int connections, int ms)
{
    return load_bulk_by(&network, PORT + 1, &route, connections, ms);
}

static double share(double rate, double none)
{
    return rate / none * 100;
}

static void throughput(void)
{
    struct turns idle = {0}, late = {0};
    for (int turn = 0; turn < TURNS; turn++) {
        double none = bulk(straight(PORT + 1), 1, 600);
        attach(1000);
        double attached = bulk(straight(PORT + 1), 1, 600), through = bulk(proxied(PORT + 1), 1, 600);
        turns_add(&idle, share(attached, none), share(through, none));
        ask("on id=b");
        double held = bulk(straight(PORT + 1), 1, 600);
        ask("detach id=b");
        proxy_delay(&proxy, PORT + 1, 1);
        turns_add(&late, share(held, none), share(bulk(proxied(PORT + 1), 1, 600), none));
        proxy_clean(&proxy, PORT + 1);
    }
    turns_print("bulk while idle, percent of bare", &idle);
    turns_print("bulk with 1 ms, percent of bare", &late);
}

static void parallel(int connections)
{
    struct turns rate = {0};
    char name[64];
    for (int turn = 0; turn < TURNS; turn++) {
        attach(LATENCY_MS * 1000);
        ask("on id=b");
        double held = bulk(straight(PORT + 1), connections, 2500);
        ask("detach id=b");
        proxy_delay(&proxy, PORT + 1, LATENCY_MS);
        turns_add(&rate, held, bulk(proxied(PORT + 1), connections, 2500));
        proxy_clean(&proxy, PORT + 1);
    }
    snprintf(name, sizeof name, "bulk with 100 ms, %d connections, Gbit/s", connections);
    turns_print(name, &rate);
}

/* ---- switching ---- */

static double ms_since(uint64_t ns)
{
    return (double)(clock_now_ns() - ns) / 1e6;
}

/* From the call, until a request that is sent is late. */
static double until_late(int fd, uint64_t asked)
{
    for (double sent;;)
        if (sent = ms_since(asked), round_trip_us(fd) > LATENCY_MS * 500)
            return sent;
}

/* Requests that nobody waits for: they are held. */
static void fill(int fd)
{
    char message[MESSAGE] = {0};
    for (int i = 0; i < HELD; i++, usleep(500))
        if (send(fd, message, sizeof message, MSG_NOSIGNAL) < 0)
            return;
}

/* From the call, until a new request is answered, after all that were held. */
static double until_clean(int fd, uint64_t asked)
{
    char message[MESSAGE * HELD] = {0};
    size_t held = 0;
    ssize_t n;
    if (send(fd, message, MESSAGE, MSG_NOSIGNAL) < 0)
        return NAN;
    while (held < (HELD + 1) * MESSAGE && (n = recv(fd, message, sizeof message, 0)) > 0)
        held += (size_t)n;
    return ms_since(asked);
}

static void switching(void)
{
    struct turns on = {0}, off = {0};
    int direct = open_route(straight(PORT)), through = open_route(proxied(PORT));
    attach(LATENCY_MS * 1000);
    for (int turn = 0; turn < 2 * TURNS; turn++) {
        uint64_t asked = clock_now_ns();
        ask("on id=b");
        double late = until_late(direct, asked);
        fill(direct);
        asked = clock_now_ns();
        ask("off id=b");
        double clean = until_clean(direct, asked);
        asked = clock_now_ns();
        proxy_delay(&proxy, PORT, LATENCY_MS);
        turns_add(&on, late, until_late(through, asked));
        fill(through);
        asked = clock_now_ns();
        proxy_clean(&proxy, PORT);
        turns_add(&off, clean, until_clean(through, asked));
    }
    ask("detach id=b");
    close(direct);
    close(through);
    turns_print("on: until a request is late, ms", &on);
    turns_print("off: until a new one is answered, ms", &off);
}

/* ---- death ---- */

static int failed_of(struct route route)
{
    int failed = 0;
    for (int i = 0; i < AFTER_KILL; i++) {
        int fd = open_route(route);
        failed += fd < 0 || round_trip_us(fd) < 0;
        if (fd >= 0)
            close(fd);
    }
    return failed;
}

/* A little later than that: what is captured as the helper dies comes again by TCP. */
static void death(void)
{
    attach(LATENCY_MS * 1000);
    ask("on id=b");
    proxy_delay(&proxy, PORT, LATENCY_MS);
    kill(agent.pid, SIGKILL);
    agent_wait(&agent);
    proxy_end(&proxy);
    sleep_ms(5);
    int own = failed_of(straight(PORT));
    printf("  %-44s %10d %10d\n", "after kill -9: of 100 new connections, failed", own, failed_of(proxied(PORT)));
}

static void prepare(const char *program)
{
    char command[200];
    network = network_create();
    snprintf(command, sizeof command,
             "nsenter -t %d -n sh -c 'ip link set lo up; echo reno >/proc/sys/net/ipv4/tcp_congestion_control'",
             network.pod);
    if (system(command))
        exit(1);
    agent = agent_start(NULL);
    echo_at(&network, SOCK_STREAM, PORT);
    proxy = proxy_start(&network, program);
    proxy_add(&proxy, PORT);
    proxy_add(&proxy, PORT + 1);
}

int main(void)
{
    const char *program = getenv("TOXIPROXY");
    double load[3] = {0};
    if (!program) {
        fputs("TOXIPROXY must name the file of toxiproxy-server\n", stderr);
        return 2;
    }
    getloadavg(load, 3);
    setvbuf(stdout, NULL, _IOLBF, 0);
    prepare(program);
    printf("%ld processors, load average %.2f; %d turns, the ratio of each: median (least to most)\n\n",
           sysconf(_SC_NPROCESSORS_ONLN), load[0], TURNS);
    printf(
        "Toxiproxy ends the connection: TCP sees no latency there, so bulk is not what a slow network would give.\n\n");
    printf("  %-44s %10s %10s %8s\n", "", "ours", "Toxiproxy", "ratio");
    accuracy(200);
    accuracy(1000);
    idle_cost();
    throughput();
    parallel(1);
    parallel(4);
    parallel(16);
    switching();
    death();
    network_destroy(&network);
    return 0;
}
