// SPDX-License-Identifier: Apache-2.0
#include "load.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "clock.h"

#define CHUNK (128 << 10)

struct sink {
    int listener;
    _Atomic uint64_t bytes;
    pthread_t thread;
};

struct source {
    int fd;
    const volatile bool *stop;
    pthread_t thread;
};

static void *drain_connection(void *arg)
{
    struct sink *sink = arg;
    char *buffer = malloc(CHUNK);
    int fd = accept4(sink->listener, NULL, NULL, SOCK_CLOEXEC);
    ssize_t n;
    while ((n = read(fd, buffer, CHUNK)) > 0)
        sink->bytes += (uint64_t)n;
    close(fd);
    free(buffer);
    return NULL;
}

static void *fill_connection(void *arg)
{
    static const char buffer[CHUNK];
    struct source *source = arg;
    while (!*source->stop && send(source->fd, buffer, sizeof buffer, MSG_NOSIGNAL) > 0)
        ;
    close(source->fd);
    return NULL;
}

static uint64_t received(const struct sink *sinks, int connections)
{
    uint64_t bytes = 0;
    for (int i = 0; i < connections; i++)
        bytes += sinks[i].bytes;
    return bytes;
}

static double rate_of(const struct sink *sinks, int connections, const struct span *span)
{
    sleep_ms(span->warm_up_ms);
    uint64_t start = clock_now_ns(), before = received(sinks, connections);
    sleep_ms(span->ms);
    return (double)(received(sinks, connections) - before) * 8 / (double)(clock_now_ns() - start);
}

double load_bulk(const struct network *network, uint16_t port, const struct route *route, int connections,
                 const struct span *span)
{
    struct sink sinks[MAX_CONNECTIONS] = {0};
    struct source sources[MAX_CONNECTIONS];
    volatile bool stop = false;
    int listener = listen_at(network, SOCK_STREAM, PEER4, port);
    for (int i = 0; i < connections; i++) {
        sinks[i].listener = listener;
        pthread_create(&sinks[i].thread, NULL, drain_connection, &sinks[i]);
        sources[i] =
            (struct source){.fd = connect_to(network, SOCK_STREAM, route->address, route->port), .stop = &stop};
        pthread_create(&sources[i].thread, NULL, fill_connection, &sources[i]);
    }
    double rate = rate_of(sinks, connections, span);
    stop = true;
    for (int i = 0; i < connections; i++) {
        pthread_join(sources[i].thread, NULL);
        pthread_join(sinks[i].thread, NULL);
    }
    close(listener);
    return rate;
}
