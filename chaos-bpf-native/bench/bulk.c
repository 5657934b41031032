// SPDX-License-Identifier: Apache-2.0
#include "load.h"

#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include "clock.h"

#define CHUNK (128 << 10)

struct sink {
    int listener;
    uint64_t bytes, first_ns, last_ns;
};

static void *drain_connection(void *arg)
{
    static char buffer[CHUNK];
    struct sink *sink = arg;
    int fd = accept4(sink->listener, NULL, NULL, SOCK_CLOEXEC);
    ssize_t n;
    while ((n = read(fd, buffer, sizeof buffer)) > 0) {
        sink->last_ns = clock_now_ns();
        if (!sink->first_ns)
            sink->first_ns = sink->last_ns;
        sink->bytes += (uint64_t)n;
    }
    close(fd);
    return NULL;
}

double load_bulk(const struct network *network, uint16_t port, int ms)
{
    static const char buffer[CHUNK];
    struct sink sink = {.listener = listen_at(network, SOCK_STREAM, PEER4, port)};
    pthread_t reader;
    pthread_create(&reader, NULL, drain_connection, &sink);
    int fd = connect_to(network, SOCK_STREAM, PEER4, port);
    uint64_t end = clock_now_ns() + (uint64_t)ms * 1000000;
    while (clock_now_ns() < end && send(fd, buffer, sizeof buffer, MSG_NOSIGNAL) > 0)
        ;
    close(fd);
    pthread_join(reader, NULL);
    close(sink.listener);
    return (double)sink.bytes * 8 / (double)(sink.last_ns - sink.first_ns);
}
