// SPDX-License-Identifier: Apache-2.0
#include "load.h"

#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"

#define MESSAGE 64
#define MAX_REQUESTS 20000
#define PATIENCE_MS 1000 /* after the last request */

struct exchange {
    int fd, rate, count;
    uint32_t first; /* number of the first request: late answers to an earlier exchange are not mixed up */
    uint64_t sent_ns[MAX_REQUESTS], received_ns[MAX_REQUESTS];
};

static void sleep_until(uint64_t ns)
{
    struct timespec t = {.tv_sec = (time_t)(ns / 1000000000), .tv_nsec = (long)(ns % 1000000000)};
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
}

static void *send_all(void *arg)
{
    struct exchange *x = arg;
    char message[MESSAGE] = {0};
    uint64_t start = clock_now_ns();
    for (int i = 0; i < x->count; i++) {
        uint32_t number = x->first + (uint32_t)i;
        sleep_until(start + (uint64_t)i * 1000000000 / (uint64_t)x->rate);
        memcpy(message, &number, sizeof number);
        x->sent_ns[i] = clock_now_ns();
        if (send(x->fd, message, sizeof message, MSG_NOSIGNAL) != sizeof message)
            x->sent_ns[i] = 0;
    }
    return NULL;
}

static void note_answer(struct exchange *x, const char *message, uint64_t now)
{
    uint32_t number;
    memcpy(&number, message, sizeof number);
    number -= x->first;
    if (number < (uint32_t)x->count)
        x->received_ns[number] = now;
}

/* A stream may hand out several answers, or a part of one, at a time; a datagram is always one. */
static void receive_all(struct exchange *x)
{
    char text[MESSAGE * 64];
    size_t held = 0;
    struct pollfd readable = {.fd = x->fd, .events = POLLIN};
    while (!x->received_ns[x->count - 1] && poll(&readable, 1, PATIENCE_MS) > 0) {
        ssize_t n = recv(x->fd, text + held, sizeof text - held, 0);
        uint64_t now = clock_now_ns();
        if (n <= 0)
            break;
        held += (size_t)n;
        size_t whole = held / MESSAGE * MESSAGE;
        for (size_t at = 0; at < whole; at += MESSAGE)
            note_answer(x, text + at, now);
        held -= whole;
        memmove(text, text + whole, held);
    }
}

int load_requests(int fd, int rate, int warm_up_ms, int measured_ms, struct samples *round_trips)
{
    static struct exchange x;
    static uint32_t next;
    int warm_up = rate * warm_up_ms / 1000, unanswered = 0;
    memset(&x, 0, sizeof x);
    x.fd = fd;
    x.rate = rate;
    x.count = warm_up + rate * measured_ms / 1000;
    x.first = next;
    next += (uint32_t)x.count;

    pthread_t sender;
    pthread_create(&sender, NULL, send_all, &x);
    receive_all(&x);
    pthread_join(sender, NULL);
    for (int i = warm_up; i < x.count; i++) {
        if (x.received_ns[i])
            samples_add(round_trips, (double)(x.received_ns[i] - x.sent_ns[i]) / 1000);
        else
            unanswered++;
    }
    return unanswered;
}

double load_ping_pong(int fd, int ms)
{
    uint64_t start = clock_now_ns(), end = start + (uint64_t)ms * 1000000, now = start;
    int n = 0;
    for (; now < end; now = clock_now_ns(), n++)
        if (round_trip_us(fd) < 0)
            return -1;
    return (double)(now - start) / 1000 / n;
}
