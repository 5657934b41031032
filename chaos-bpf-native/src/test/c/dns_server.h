// SPDX-License-Identifier: Apache-2.0
/* A name server for tests, over UDP and TCP, that knows one A and one AAAA record, whatever the name. */
#ifndef DNS_SERVER_H
#define DNS_SERVER_H

#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include "dns_packet.h"
#include "live.h"

#define REAL_A "10.1.2.3"
#define REAL_AAAA "2001:db8::123"

static const char real_a[] = "\xc0\x0c\0\1\0\1\0\0\0\x3c\0\4\x0a\1\2\3";
static const char real_aaaa[] = "\xc0\x0c\0\x1c\0\1\0\0\0\x3c\0\x10\x20\1\x0d\xb8\0\0\0\0\0\0\0\0\0\0\1\x23";

/* The message at this place of the packet, which is its last. */
static inline void answer_at(struct packet *packet, size_t at)
{
    uint8_t *message = packet->bytes + at, *type = message + 12 + strlen((char *)message + 12) + 1;
    packet->size = (size_t)(type + 4 - packet->bytes);
    memcpy(message + 2, "\x81\x80\0\1\0\1\0\0\0\0", 10);
    if (get16(type) == QTYPE_A)
        append(packet, real_a, sizeof real_a - 1);
    else if (get16(type) == QTYPE_AAAA)
        append(packet, real_aaaa, sizeof real_aaaa - 1);
    else
        message[7] = 0;
}

static inline void *serve_datagrams(void *arg)
{
    int fd = (int)(intptr_t)arg;
    struct packet packet;
    struct sockaddr_storage from;
    for (;;) {
        socklen_t size = sizeof from;
        if (recvfrom(fd, packet.bytes, 512, 0, (struct sockaddr *)&from, &size) < 17)
            continue;
        answer_at(&packet, 0);
        sendto(fd, packet.bytes, packet.size, 0, (struct sockaddr *)&from, size);
    }
    return NULL;
}

static inline void *serve_stream(void *arg)
{
    int fd = (int)(intptr_t)arg;
    struct packet packet;
    while (recv(fd, packet.bytes, 2, MSG_WAITALL) == 2) {
        uint16_t length = get16(packet.bytes);
        if (length < 17 || length > 512 || recv(fd, packet.bytes + 2, length, MSG_WAITALL) != length)
            break;
        answer_at(&packet, 2);
        put16(packet.bytes, (unsigned)packet.size - 2);
        send(fd, packet.bytes, packet.size, MSG_NOSIGNAL);
    }
    close(fd);
    return NULL;
}

static inline void start(void *(*run)(void *), int fd)
{
    pthread_t thread;
    pthread_create(&thread, NULL, run, (void *)(intptr_t)fd);
    pthread_detach(thread);
}

static inline void *accept_streams(void *arg)
{
    for (int fd; (fd = accept((int)(intptr_t)arg, NULL, NULL)) >= 0;)
        start(serve_stream, fd);
    return NULL;
}

static inline void start_server(const struct network *at, const char *address)
{
    start(serve_datagrams, listen_at(at, SOCK_DGRAM, address, 53));
    start(accept_streams, listen_at(at, SOCK_STREAM, address, 53));
}

#endif
