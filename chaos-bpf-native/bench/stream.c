// SPDX-License-Identifier: Apache-2.0
#include "load.h"

#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"

#define QUIET_MS 500 /* without a packet: the stream has ended */

struct stream {
    int sender_fd, receiver_fd, rate;
    pthread_t sender, receiver;
    volatile bool stop;
    int sent, received, reordered;
};

static void *transmit(void *arg)
{
    struct stream *s = arg;
    char message[100] = {0};
    uint64_t start = clock_now_ns();
    while (!s->stop) {
        uint64_t due = start + (uint64_t)s->sent * 1000000000 / (uint64_t)s->rate;
        struct timespec t = {.tv_sec = (time_t)(due / 1000000000), .tv_nsec = (long)(due % 1000000000)};
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
        *(int *)message = s->sent++;
        send(s->sender_fd, message, sizeof message, 0);
    }
    return NULL;
}

static void *receive(void *arg)
{
    struct stream *s = arg;
    struct pollfd readable = {.fd = s->receiver_fd, .events = POLLIN};
    int number[25], latest = -1;
    while (poll(&readable, 1, QUIET_MS) > 0 || !s->stop) {
        if (recv(s->receiver_fd, number, sizeof number, MSG_DONTWAIT) <= 0)
            continue;
        s->received++;
        s->reordered += number[0] < latest;
        latest = number[0] > latest ? number[0] : latest;
    }
    return NULL;
}

struct stream *stream_start(const struct network *network, uint16_t port, int rate)
{
    struct stream *s = calloc(1, sizeof *s);
    s->rate = rate;
    s->receiver_fd = listen_at(network, SOCK_DGRAM, PEER4, port);
    s->sender_fd = connect_to(network, SOCK_DGRAM, PEER4, port);
    pthread_create(&s->receiver, NULL, receive, s);
    pthread_create(&s->sender, NULL, transmit, s);
    return s;
}

struct stream_result stream_stop(struct stream *s)
{
    s->stop = true;
    pthread_join(s->sender, NULL);
    pthread_join(s->receiver, NULL);
    struct stream_result result = {s->sent, s->sent - s->received, s->reordered};
    close(s->sender_fd);
    close(s->receiver_fd);
    free(s);
    return result;
}
