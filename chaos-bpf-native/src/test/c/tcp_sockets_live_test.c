// SPDX-License-Identifier: Apache-2.0
/* TCP sockets found and closed by sock_diag, in a network namespace of the test's own. */
#include "tcp_sockets.h"

#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <stdbool.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "address_set.h"
#include "check.h"

#define EVERY_STATE (~0u)

static int diag;
static struct failure failure;

struct pair {
    int client, server;
    uint16_t port; /* of the client */
};

static void raise_loopback(void)
{
    struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP};
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    CHECK(!ioctl(fd, SIOCSIFFLAGS, &request));
    close(fd);
}

/* From a socket of one family to one of the other, too: ::ffff:127.0.0.1 is the same address. */
static struct pair connect_pair(int family, const char *address)
{
    struct sockaddr_in6 at = {.sin6_family = AF_INET6}, to;
    struct sockaddr_in v4 = {.sin_family = AF_INET}, own4;
    struct pair pair;
    socklen_t size = sizeof at;
    int listener = socket(AF_INET6, SOCK_STREAM, 0);
    CHECK(!bind(listener, (struct sockaddr *)&at, sizeof at) && !listen(listener, 4));
    getsockname(listener, (struct sockaddr *)&at, &size);
    to = at;
    inet_pton(AF_INET6, address, &to.sin6_addr);
    v4.sin_port = at.sin6_port;
    v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    pair.client = socket(family, SOCK_STREAM, 0);
    CHECK(!(family == AF_INET ? connect(pair.client, (struct sockaddr *)&v4, sizeof v4)
                              : connect(pair.client, (struct sockaddr *)&to, sizeof to)));
    pair.server = accept(listener, NULL, NULL);
    close(listener);
    size = sizeof own4;
    getsockname(pair.client, (struct sockaddr *)&own4, &size);
    pair.port = ntohs(own4.sin_port); /* at the same place in both families */
    return pair;
}

struct search {
    uint16_t port;
    int count;
    struct tcp_socket found;
};

static void look(void *arg, const struct tcp_socket *socket)
{
    struct search *search = arg;
    if (socket->local_port != search->port)
        return;
    search->count++;
    search->found = *socket;
}

static struct search find(uint16_t port, uint32_t states)
{
    struct search search = {.port = port};
    CHECK(!tcp_sockets_each(diag, states, look, &search, &failure));
    return search;
}

static void is_found_and_closed(int family, const char *address)
{
    char byte = 1;
    uint32_t expected[4];
    struct pair pair = connect_pair(family, address);
    struct search search = find(pair.port, 1 << TCP_ESTABLISHED);
    CHECK(address_parse(address, expected));
    CHECK_EQUAL(search.count, 1);
    CHECK_EQUAL(search.found.state, TCP_ESTABLISHED);
    CHECK(!memcmp(search.found.remote, expected, sizeof expected));
    CHECK_EQUAL(find(pair.port, 1 << TCP_LISTEN).count, 0);
    CHECK(write(pair.client, &byte, 1) == 1 && read(pair.server, &byte, 1) == 1);

    CHECK_EQUAL(tcp_socket_destroy(diag, &search.found), 0);
    CHECK_EQUAL(read(pair.client, &byte, 1), -1);
    CHECK_EQUAL(errno, ECONNABORTED);
    CHECK_EQUAL(read(pair.server, &byte, 1), -1);
    CHECK_EQUAL(errno, ECONNRESET);
    CHECK_EQUAL(tcp_socket_destroy(diag, &search.found), 0); /* it is gone: that is what was asked for */
    CHECK_EQUAL(find(pair.port, 1 << TCP_ESTABLISHED).count, 0);
    close(pair.client);
    close(pair.server);
}

static void ipv4_connections(void)
{
    is_found_and_closed(AF_INET, "127.0.0.1");
}

static void ipv6_connections(void)
{
    is_found_and_closed(AF_INET6, "::1");
}

static void ipv4_connections_of_ipv6_sockets(void)
{
    is_found_and_closed(AF_INET6, "::ffff:127.0.0.1");
}

static void count(void *arg, const struct tcp_socket *socket)
{
    *(int *)arg += socket->state == TCP_ESTABLISHED;
}

/* More than fit one answer of the kernel. */
static void many_connections(void)
{
    enum { PAIRS = 300 };
    static struct pair pairs[PAIRS];
    int found = 0;
    for (int i = 0; i < PAIRS; i++)
        pairs[i] = connect_pair(i % 2 ? AF_INET : AF_INET6, i % 2 ? "127.0.0.1" : "::1");
    CHECK(!tcp_sockets_each(diag, EVERY_STATE, count, &found, &failure));
    CHECK_EQUAL(found, 2 * PAIRS);
    for (int i = 0; i < PAIRS; i++) {
        close(pairs[i].client);
        close(pairs[i].server);
    }
}

/* What `attach … reconnect=1` refuses by. */
static void trying_says_that_it_can_be_done(void)
{
    CHECK_EQUAL(tcp_sockets_try_destroy(&failure), 0);
}

static void who_may_not_is_told_so(void)
{
    int status = -1;
    pid_t child = fork();
    if (!child) {
        bool told = !setresuid(65534, 65534, 65534) && tcp_sockets_try_destroy(&failure) &&
                    !strcmp(failure.code, DENIED) && strstr(failure.msg, "SOCK_DESTROY");
        _exit(told ? 0 : 1);
    }
    waitpid(child, &status, 0);
    CHECK_EQUAL(status, 0);
}

static void a_kernel_without_it_is_named(void)
{
    CHECK_TEXT(failure.code, UNSUPPORTED);
    CHECK_CONTAINS(failure.msg, "SOCK_DESTROY");
    CHECK_CONTAINS(failure.msg, "CONFIG_INET_DIAG_DESTROY");
}

int main(void)
{
    if (unshare(CLONE_NEWNET)) {
        perror("unshare");
        return 1;
    }
    raise_loopback();
    if (tcp_sockets_try_destroy(&failure)) {
        printf("    refused: %s\n", failure.msg);
        RUN(a_kernel_without_it_is_named);
        return check_summary();
    }
    diag = tcp_sockets_open(&failure);
    RUN(ipv4_connections);
    RUN(ipv6_connections);
    RUN(ipv4_connections_of_ipv6_sockets);
    RUN(many_connections);
    RUN(trying_says_that_it_can_be_done);
    RUN(who_may_not_is_told_so);
    return check_summary();
}
