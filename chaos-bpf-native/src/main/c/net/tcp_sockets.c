// SPDX-License-Identifier: Apache-2.0
#include "tcp_sockets.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "address_set.h"

#define ANSWER_SIZE 32768

struct diag_request {
    struct nlmsghdr header;
    struct inet_diag_req_v2 diag;
};

int tcp_sockets_open(struct failure *f)
{
    const struct timeval patience = {.tv_sec = 2}; /* the kernel answers at once */
    int diag = socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
    if (diag < 0)
        return fail_errno(f, UNSUPPORTED, "listing TCP sockets (NETLINK_SOCK_DIAG, CONFIG_INET_DIAG)");
    setsockopt(diag, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    return diag;
}

static int ask(int diag, struct diag_request *request, uint16_t type, uint16_t flags)
{
    request->header.nlmsg_len = sizeof *request;
    request->header.nlmsg_type = type;
    request->header.nlmsg_flags = NLM_F_REQUEST | flags;
    request->diag.sdiag_protocol = IPPROTO_TCP;
    return send(diag, request, sizeof *request, 0) == sizeof *request ? 0 : -errno;
}

static void copy_address(uint32_t to[4], const struct inet_diag_msg *message, const __be32 from[4])
{
    if (message->idiag_family == AF_INET)
        address_of_ipv4(to, from);
    else
        memcpy(to, from, 4 * sizeof *to);
}

static void show_message(const struct inet_diag_msg *message, tcp_socket_function *show, void *arg)
{
    struct tcp_socket socket = {
        .local_port = ntohs(message->id.idiag_sport),
        .remote_port = ntohs(message->id.idiag_dport),
        .state = message->idiag_state,
        .family = message->idiag_family,
        .id = message->id,
    };
    copy_address(socket.local, message, message->id.idiag_src);
    copy_address(socket.remote, message, message->id.idiag_dst);
    show(arg, &socket);
}

static int error_of(const struct nlmsghdr *header)
{
    if (header->nlmsg_len < NLMSG_LENGTH(sizeof(int)))
        return 0;
    return *(const int *)NLMSG_DATA(header); /* struct nlmsgerr begins with it, too */
}

/* One buffer of messages: 1 when the list goes on, 0 at its end, -errno. */
static int show_answer(const char *answer, ssize_t size, tcp_socket_function *show, void *arg)
{
    const struct nlmsghdr *header = (const struct nlmsghdr *)answer;
    for (size_t left = (size_t)size; NLMSG_OK(header, left); header = NLMSG_NEXT(header, left)) {
        if (header->nlmsg_type == NLMSG_DONE || header->nlmsg_type == NLMSG_ERROR)
            return error_of(header);
        if (header->nlmsg_type == SOCK_DIAG_BY_FAMILY &&
            header->nlmsg_len >= NLMSG_LENGTH(sizeof(struct inet_diag_msg)))
            show_message(NLMSG_DATA(header), show, arg);
    }
    return 1;
}

static int each_of_family(int diag, uint8_t family, uint32_t states, tcp_socket_function *show, void *arg)
{
    _Alignas(struct nlmsghdr) char answer[ANSWER_SIZE];
    struct diag_request request = {.diag = {.sdiag_family = family, .idiag_states = states}};
    int rc = ask(diag, &request, SOCK_DIAG_BY_FAMILY, NLM_F_DUMP);
    if (rc)
        return rc;
    do {
        ssize_t size = recv(diag, answer, sizeof answer, 0);
        if (size <= 0)
            return size ? -errno : -EPIPE;
        rc = show_answer(answer, size, show, arg);
    } while (rc > 0);
    return rc;
}

int tcp_sockets_each(int diag, uint32_t states, tcp_socket_function *show, void *arg, struct failure *f)
{
    int rc = each_of_family(diag, AF_INET, states, show, arg);
    if (!rc) {
        rc = each_of_family(diag, AF_INET6, states, show, arg);
        if (rc == -ENOENT) /* a kernel without IPv6 */
            rc = 0;
    }
    errno = -rc;
    return rc ? fail_errno(f, UNSUPPORTED, "listing TCP sockets (sock_diag; CONFIG_INET_TCP_DIAG)") : 0;
}

int tcp_socket_destroy(int diag, const struct tcp_socket *socket)
{
    _Alignas(struct nlmsghdr) char answer[ANSWER_SIZE];
    struct diag_request request = {
        .diag = {.sdiag_family = socket->family, .idiag_states = ~0u, .id = socket->id},
    };
    int rc = ask(diag, &request, SOCK_DESTROY, NLM_F_ACK);
    if (rc)
        return rc;
    ssize_t size = recv(diag, answer, sizeof answer, 0);
    if (size < (ssize_t)NLMSG_LENGTH(sizeof(int)))
        return size < 0 ? -errno : -EPIPE;
    rc = error_of((const struct nlmsghdr *)answer);
    return rc == -ENOENT ? 0 : rc;
}

struct search {
    uint16_t port;
    struct tcp_socket found;
};

static void find_listener(void *arg, const struct tcp_socket *socket)
{
    struct search *search = arg;
    if (socket->local_port == search->port)
        search->found = *socket;
}

static int try_on(int diag, int listener, struct failure *f)
{
    struct sockaddr_in at;
    socklen_t size = sizeof at;
    if (listen(listener, 1) || getsockname(listener, (struct sockaddr *)&at, &size))
        return fail_errno(f, FAILED, "a socket to try SOCK_DESTROY on");
    struct search search = {.port = ntohs(at.sin_port)};
    if (tcp_sockets_each(diag, 1 << TCP_LISTEN, find_listener, &search, f))
        return -1;
    if (!search.found.family)
        return fail(f, FAILED, 0, "sock_diag does not show a socket of our own");
    errno = -tcp_socket_destroy(diag, &search.found);
    return errno ? fail_errno(f, UNSUPPORTED,
                              "SOCK_DESTROY, which closes connections of others (CONFIG_INET_DIAG_DESTROY,"
                              " CAP_NET_ADMIN)")
                 : 0;
}

int tcp_sockets_try_destroy(struct failure *f)
{
    int diag = tcp_sockets_open(f);
    if (diag < 0)
        return -1;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int rc = listener < 0 ? fail_errno(f, FAILED, "a socket to try SOCK_DESTROY on") : try_on(diag, listener, f);
    if (listener >= 0)
        close(listener);
    close(diag);
    return rc;
}
