// SPDX-License-Identifier: Apache-2.0
#include "load.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "clock.h"

#define CHUNK (128 << 10)

struct sink {
    int listener;
    uint64_t bytes, first_ns, last_ns;
    pthread_t thread;
};

struct source {
    int fd;
    uint64_t end_ns;
    pthread_t thread;
};

static void *drain_connection(void *arg)
{
    struct sink *sink = arg;
    char *buffer = malloc(CHUNK);
    int fd = accept4(sink->listener, NULL, NULL, SOCK_CLOEXEC);
    ssize_t n;
    while ((n = read(fd, buffer, CHUNK)) > 0) {
        sink->last_ns = clock_now_ns();
        if (!sink->first_ns)
            sink->first_ns = sink->last_ns;
        sink->bytes += (uint64_t)n;
    }
    close(fd);
    free(buffer);
    return NULL;
}

static void *fill_connection(void *arg)
{
    static const char buffer[CHUNK];
    struct source *source = arg;
    while (clock_now_ns() < source->end_ns && send(source->fd, buffer, sizeof buffer, MSG_NOSIGNAL) > 0)
        ;
    close(source->fd);
    return NULL;
}

static double rate_of(const struct sink *sinks, int connections)
{
    uint64_t bytes = 0, first = UINT64_MAX, last = 0;
    for (int i = 0; i < connections; i++) {
        bytes += sinks[i].bytes;
        first = sinks[i].bytes && sinks[i].first_ns < first ? sinks[i].first_ns : first;
        last = sinks[i].last_ns > last ? sinks[i].last_ns : last;
    }
    return bytes ? (double)bytes * 8 / (double)(last - first) : 0;
}

double load_bulk_by(const struct network *network, uint16_t port, const struct route *route, int connections, int ms)
{
    struct sink sinks[MAX_CONNECTIONS] = {0};
    struct source sources[MAX_CONNECTIONS];
    int listener = listen_at(network, SOCK_STREAM, PEER4, port);
    for (int i = 0; i < connections; i++) {
        sinks[i].listener = listener;
        pthread_create(&sinks[i].thread, NULL, drain_connection, &sinks[i]);
        sources[i].fd = connect_to(network, SOCK_STREAM, route->address, route->port);
    }
    uint64_t end = clock_now_ns() + (uint64_t)ms * 1000000;
    for (int i = 0; i < connections; i++) {
        sources[i].end_ns = end;
        pthread_create(&sources[i].thread, NULL, fill_connection, &sources[i]);
    }
    for (int i = 0; i < connections; i++) {
        pthread_join(sources[i].thread, NULL);
        pthread_join(sinks[i].thread, NULL);
    }
    close(listener);
    return rate_of(sinks, connections);
}

double load_bulk(const struct network *network, uint16_t port, int ms)
{
    return load_bulk_by(network, port, &(struct route){PEER4, port}, 1, ms);
}
