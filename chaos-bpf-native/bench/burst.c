// SPDX-License-Identifier: Apache-2.0
#include "load.h"

#include <pthread.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "clock.h"
#include "datagrams.h"

#define PATIENCE_MS 1000

struct burst {
    int receiver_fd, count;
    uint64_t last_ns;
};

static void *receive(void *arg)
{
    struct burst *burst = arg;
    struct datagram messages[DATAGRAMS_AT_ONCE];
    for (int came = 0, now; came < burst->count; came += now) {
        now = datagrams_receive(burst->receiver_fd, messages, PATIENCE_MS);
        if (!now)
            break;
        burst->last_ns = clock_now_ns();
    }
    return NULL;
}

static void send_all(int fd, int count)
{
    struct datagram message = {0};
    struct iovec part = {&message, sizeof message};
    struct mmsghdr messages[DATAGRAMS_AT_ONCE] = {0};
    for (int i = 0; i < DATAGRAMS_AT_ONCE; i++)
        messages[i].msg_hdr = (struct msghdr){.msg_iov = &part, .msg_iovlen = 1};
    for (int left = count, sent; left > 0; left -= sent)
        if ((sent = sendmmsg(fd, messages, (unsigned int)(left < DATAGRAMS_AT_ONCE ? left : DATAGRAMS_AT_ONCE), 0)) <=
            0)
            return;
}

double load_burst(const struct network *network, uint16_t port, bool to_pod, int count)
{
    struct burst burst = {.count = count};
    int sender;
    pthread_t receiver;
    datagrams_open(network, port, to_pod, &sender, &burst.receiver_fd);
    pthread_create(&receiver, NULL, receive, &burst);
    sleep_ms(5); /* it waits, as that of a stream does */
    uint64_t start = clock_now_ns();
    send_all(sender, count);
    pthread_join(receiver, NULL);
    close(sender);
    close(burst.receiver_fd);
    return (double)(burst.last_ns - start) / 1e6;
}
