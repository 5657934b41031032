// SPDX-License-Identifier: Apache-2.0
#include "load.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"
#include "datagrams.h"

#define QUIET_MS 300 /* without a packet: the stream has ended */
#define PROMPT_NS 1000000
#define MAX_DATAGRAMS (1 << 17)

struct stream {
    int sender_fd, receiver_fd, rate;
    pthread_t sender, receiver;
    volatile bool stop;
    int sent, received, reordered;
    uint64_t sent_ns[MAX_DATAGRAMS];
    bool came[MAX_DATAGRAMS];
    _Atomic uint64_t watch_from_ns, first_prompt_ns, first_prompt_sent_ns;
};

static void *transmit(void *arg)
{
    struct stream *s = arg;
    struct datagram message = {0};
    uint64_t start = clock_now_ns();
    while (!s->stop && s->sent < MAX_DATAGRAMS) {
        uint64_t due = start + (uint64_t)s->sent * 1000000000 / (uint64_t)s->rate;
        struct timespec t = {.tv_sec = (time_t)(due / 1000000000), .tv_nsec = (long)(due % 1000000000)};
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
        message.number = s->sent;
        message.sent_ns = s->sent_ns[s->sent] = clock_now_ns();
        s->sent++;
        send(s->sender_fd, &message, sizeof message, 0);
    }
    return NULL;
}

static void watch(struct stream *s, const struct datagram *message, uint64_t now)
{
    if (s->first_prompt_ns || message->sent_ns < s->watch_from_ns || now - message->sent_ns >= PROMPT_NS)
        return;
    s->first_prompt_sent_ns = message->sent_ns;
    s->first_prompt_ns = now;
}

static void *receive(void *arg)
{
    struct stream *s = arg;
    struct datagram messages[DATAGRAMS_AT_ONCE];
    int latest = -1, came;
    while ((came = datagrams_receive(s->receiver_fd, messages, QUIET_MS)) > 0 || !s->stop) {
        uint64_t now = clock_now_ns();
        for (int i = 0; i < came; i++) {
            watch(s, &messages[i], now);
            s->came[messages[i].number] = true;
            s->reordered += messages[i].number < latest;
            latest = messages[i].number > latest ? messages[i].number : latest;
        }
        s->received += came;
    }
    return NULL;
}

struct stream *stream_start(const struct network *network, uint16_t port, bool to_pod, int rate)
{
    struct stream *s = calloc(1, sizeof *s);
    s->rate = rate;
    datagrams_open(network, port, to_pod, &s->sender_fd, &s->receiver_fd);
    pthread_create(&s->receiver, NULL, receive, s);
    pthread_create(&s->sender, NULL, transmit, s);
    return s;
}

void stream_watch(struct stream *s, uint64_t from_ns)
{
    s->watch_from_ns = from_ns;
    s->first_prompt_ns = 0;
}

static double since_watched_ms(const struct stream *s, uint64_t ns)
{
    return s->first_prompt_ns ? (double)(int64_t)(ns - s->watch_from_ns) / 1e6 : NAN;
}

double stream_first_prompt_ms(const struct stream *s)
{
    return since_watched_ms(s, s->first_prompt_ns);
}

double stream_first_prompt_sent_ms(const struct stream *s)
{
    return since_watched_ms(s, s->first_prompt_sent_ns);
}

static void count_lost(const struct stream *s, struct stream_result *result)
{
    for (int i = 0; i < s->sent; i++)
        if (!s->came[i] && s->sent_ns[i] > s->watch_from_ns) {
            result->lost_after++;
            result->lost_until_ms = (double)(s->sent_ns[i] - s->watch_from_ns) / 1e6;
        }
}

struct stream_result stream_stop(struct stream *s)
{
    s->stop = true;
    pthread_join(s->sender, NULL);
    pthread_join(s->receiver, NULL);
    struct stream_result result = {.sent = s->sent, .lost = s->sent - s->received, .reordered = s->reordered};
    count_lost(s, &result);
    close(s->sender_fd);
    close(s->receiver_fd);
    free(s);
    return result;
}
