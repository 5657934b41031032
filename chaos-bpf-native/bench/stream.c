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
#define PROMPT_NS 1000000

struct datagram {
    uint64_t sent_ns;
    int number;
    char padding[84];
};

struct stream {
    int sender_fd, receiver_fd, rate;
    pthread_t sender, receiver;
    volatile bool stop;
    int sent, received, reordered;
    _Atomic uint64_t watch_from_ns, first_prompt_ns;
};

static void *transmit(void *arg)
{
    struct stream *s = arg;
    struct datagram message = {0};
    uint64_t start = clock_now_ns();
    while (!s->stop) {
        uint64_t due = start + (uint64_t)s->sent * 1000000000 / (uint64_t)s->rate;
        struct timespec t = {.tv_sec = (time_t)(due / 1000000000), .tv_nsec = (long)(due % 1000000000)};
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
        message.number = s->sent++;
        message.sent_ns = clock_now_ns();
        send(s->sender_fd, &message, sizeof message, 0);
    }
    return NULL;
}

static void watch(struct stream *s, const struct datagram *message)
{
    uint64_t now = clock_now_ns();
    if (!s->first_prompt_ns && message->sent_ns >= s->watch_from_ns && now - message->sent_ns < PROMPT_NS)
        s->first_prompt_ns = now;
}

static void *receive(void *arg)
{
    struct stream *s = arg;
    struct pollfd readable = {.fd = s->receiver_fd, .events = POLLIN};
    struct datagram message;
    int latest = -1;
    while (poll(&readable, 1, QUIET_MS) > 0 || !s->stop) {
        if (recv(s->receiver_fd, &message, sizeof message, MSG_DONTWAIT) <= 0)
            continue;
        watch(s, &message);
        s->received++;
        s->reordered += message.number < latest;
        latest = message.number > latest ? message.number : latest;
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

void stream_watch(struct stream *s, uint64_t from_ns)
{
    s->watch_from_ns = from_ns;
    s->first_prompt_ns = 0;
}

double stream_first_prompt_ms(const struct stream *s)
{
    return (double)(s->first_prompt_ns - s->watch_from_ns) / 1e6;
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
