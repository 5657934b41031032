// SPDX-License-Identifier: Apache-2.0
#include "datagrams.h"

#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/uio.h>

#define ROOM (64 << 20)

void datagrams_open(const struct network *network, uint16_t port, bool to_pod, int *sender, int *receiver)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    int room = ROOM;
    inet_pton(AF_INET, to_pod ? POD4 : PEER4, &address.sin_addr);
    *receiver = socket_in(to_pod ? network->pod : network->peer, AF_INET, SOCK_DGRAM);
    *sender = socket_in(to_pod ? network->peer : network->pod, AF_INET, SOCK_DGRAM);
    setsockopt(*receiver, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof room);
    if (bind(*receiver, (struct sockaddr *)&address, sizeof address) ||
        connect(*sender, (struct sockaddr *)&address, sizeof address)) {
        perror("sockets of a stream");
        exit(1);
    }
}

int datagrams_receive(int fd, struct datagram messages[DATAGRAMS_AT_ONCE], int patience_ms)
{
    struct pollfd readable = {.fd = fd, .events = POLLIN};
    struct iovec parts[DATAGRAMS_AT_ONCE];
    struct mmsghdr headers[DATAGRAMS_AT_ONCE];
    for (int i = 0; i < DATAGRAMS_AT_ONCE; i++) {
        parts[i] = (struct iovec){&messages[i], sizeof messages[i]};
        headers[i] = (struct mmsghdr){.msg_hdr = {.msg_iov = &parts[i], .msg_iovlen = 1}};
    }
    if (poll(&readable, 1, patience_ms) <= 0)
        return 0;
    int came = recvmmsg(fd, headers, DATAGRAMS_AT_ONCE, MSG_DONTWAIT, NULL);
    return came < 0 ? 0 : came;
}
