// SPDX-License-Identifier: Apache-2.0
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "clock.h"
#include "load.h"
#include "peers_parts.h"
#include "setting.h"
#include "turns.h"

#define HELD 100
#define MESSAGE 64
#define AFTER_KILL 100

static double ms_since(uint64_t ns)
{
    return (double)(clock_now_ns() - ns) / 1e6;
}

/* From the call, until a request that is sent is late. */
static double until_late(int fd, uint64_t asked)
{
    for (double sent;;)
        if (sent = ms_since(asked), round_trip_us(fd) > PEERS_LATENCY_MS * 500)
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

void peers_switching(void)
{
    struct turns on = {0}, off = {0};
    int direct = open_route(straight(PEERS_PORT)), through = open_route(proxied(PEERS_PORT));
    delay_attach("to", PEERS_LATENCY_MS * 1000);
    for (int turn = 0; turn < 2 * PEERS_TURNS; turn++) {
        uint64_t asked = clock_now_ns();
        ask("on id=b");
        double late = until_late(direct, asked);
        fill(direct);
        asked = clock_now_ns();
        ask("off id=b");
        double clean = until_clean(direct, asked);
        asked = clock_now_ns();
        proxy_delay(&proxy, PEERS_PORT, PEERS_LATENCY_MS);
        turns_add(&on, late, until_late(through, asked));
        fill(through);
        asked = clock_now_ns();
        proxy_clean(&proxy, PEERS_PORT);
        turns_add(&off, clean, until_clean(through, asked));
    }
    ask("detach id=b");
    close(direct);
    close(through);
    turns_print_ratio("on: until a request is late, ms", &on);
    turns_print_ratio("off: until a new one is answered, ms", &off);
}

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
void peers_death(void)
{
    delay_attach("to", PEERS_LATENCY_MS * 1000);
    ask("on id=b");
    proxy_delay(&proxy, PEERS_PORT, PEERS_LATENCY_MS);
    kill(agent.pid, SIGKILL);
    agent_wait(&agent);
    proxy_end(&proxy);
    sleep_ms(5);
    int own = failed_of(straight(PEERS_PORT));
    printf("| after kill -9: of %d new connections, failed | %d | %d | | |\n", AFTER_KILL, own,
           failed_of(proxied(PEERS_PORT)));
}
