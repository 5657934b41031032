// SPDX-License-Identifier: Apache-2.0
/* kind=connectionreset mechanism=socket: connections are closed when it is switched on, used or idle (SOCK_DESTROY). */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <string.h>
#include <unistd.h>

#include "choice.h"
#include "clock.h"
#include "netns.h"
#include "older_connections.h"
#include "packet_fault.h"
#include "tcp_sockets.h"

struct socket_fault {
    struct fault fault;
    struct chaos_control control;
    struct packet_filter filter;
    struct delay_probers probers;
    struct chaos_choice choice;
    __u64 drawn, taken, unmade;
    int why;  /* the errno of the first that was not closed */
    int diag; /* in the target's namespace; -1 once it is closed */
    struct older_ends seen;
};

/* Those to be closed: the kernel's list has to be read to its end first. */
struct search {
    struct socket_fault *fault;
    int count, room;
    struct tcp_socket *found;
};

/* Those within the pod never meet its device. */
static bool is_within(const struct tcp_socket *socket)
{
    bool v4 = !socket->remote[0] && !socket->remote[1] && socket->remote[2] == htonl(0xffff);
    return !memcmp(socket->local, socket->remote, sizeof socket->local) ||
           !memcmp(socket->remote, &in6addr_loopback, sizeof socket->remote) ||
           (v4 && ntohl(socket->remote[3]) >> 24 == IN_LOOPBACKNET);
}

static bool is_spared_probe(const struct delay_probers *probers, const struct tcp_socket *socket)
{
    bool port = false, address = false;
    for (int i = 0; i < probers->ports; i++)
        port |= probers->port[i] == socket->local_port;
    for (int i = 0; i < probers->addresses; i++)
        address |= !memcmp(probers->address[i], socket->remote, sizeof socket->remote);
    return probers->spared && port && address;
}

static void note_unmade(struct socket_fault *fault, int why)
{
    if (!fault->unmade++)
        fault->why = why;
}

static void keep(struct search *search, const struct tcp_socket *socket)
{
    if (search->count == search->room) {
        int room = search->room ? 2 * search->room : 256;
        struct tcp_socket *found = realloc(search->found, (size_t)room * sizeof *found);
        if (!found) {
            note_unmade(search->fault, ENOMEM);
            return;
        }
        search->found = found;
        search->room = room;
    }
    search->found[search->count++] = *socket;
}

static void look_at(void *arg, const struct tcp_socket *socket)
{
    struct search *search = arg;
    struct socket_fault *fault = search->fault;
    if (is_within(socket))
        return;
    const struct older_connection end = older_of(socket);
    fault->control.seen++;
    older_ends_add(&fault->seen, &end, 1);
    if (!filter_means(&fault->filter, socket->remote, socket->remote_port, socket->local_port) ||
        is_spared_probe(&fault->probers, socket))
        return;
    fault->control.matched++;
    if (choice_takes(&fault->choice, fault->drawn++, &fault->taken))
        keep(search, socket);
}

static void close_found(struct socket_fault *fault, const struct search *search)
{
    for (int i = 0; i < search->count; i++) {
        int rc = tcp_socket_destroy(fault->diag, &search->found[i]);
        if (rc)
            note_unmade(fault, -rc);
        else if (!fault->control.hit++)
            fault->control.first_hit_ns = clock_now_ns();
    }
}

/* A socket in its namespace keeps the network of a pod that ended alive. */
static void close_diag(struct socket_fault *fault)
{
    if (fault->diag >= 0)
        close(fault->diag);
    fault->diag = -1;
}

static void socket_on(struct fault *attached, struct reply *reply)
{
    struct socket_fault *fault = (struct socket_fault *)attached;
    struct search search = {.fault = fault};
    struct failure f = {0};
    fault_switch_on(attached, reply);
    if (fault->diag < 0)
        return;
    if (tcp_sockets_each(fault->diag, 1 << TCP_ESTABLISHED | 1 << TCP_CLOSE_WAIT, look_at, &search, &f))
        note_unmade(fault, f.err);
    close_found(fault, &search);
    close_diag(fault);
    free(search.found);
}

static void socket_stats(struct fault *attached, struct reply *reply)
{
    const struct socket_fault *fault = (const struct socket_fault *)attached;
    reply_number(reply, "drawn", fault->drawn);
    reply_number(reply, "unmade", fault->unmade);
    reply_word(reply, "unmade_errno", "%s", errno_name(fault->why));
    older_ends_reply(&fault->seen, "peers", true, reply);
}

static void socket_detach(struct fault *attached)
{
    close_diag((struct socket_fault *)attached);
    free(attached);
}

static int open_diag(void *arg, struct failure *f)
{
    struct socket_fault *fault = arg;
    return tcp_sockets_try_destroy(f) || (fault->diag = tcp_sockets_open(f)) < 0 ? -1 : 0;
}

static struct fault *socket_attach(void *arg, const struct target *target, struct reply *reply, struct failure *f)
{
    const struct packet_wanted *wanted = arg;
    struct socket_fault *fault = calloc(1, sizeof *fault);
    if (!fault) {
        fail(f, FAILED, ENOMEM, "no memory to close connections");
        return NULL;
    }
    fault->fault.mechanism = "SOCK_DESTROY";
    fault->fault.control = &fault->control;
    fault->filter = wanted->packets.filter;
    fault->probers = wanted->probers;
    memcpy(&fault->choice, wanted->own, sizeof fault->choice);
    if (netns_run_of(target->pid, open_diag, fault, f)) {
        free(fault);
        return NULL;
    }
    reply_number(reply, "seed", wanted->seed);
    return &fault->fault;
}

static void socket_probe(struct reply *reply)
{
    struct failure f = {0};
    reply_outcome(reply, "reset_sockets", tcp_sockets_try_destroy(&f), &f);
}

const struct fault_kind connectionreset_socket = {
    .name = "connectionreset",
    .mechanism = "socket",
    .attach = socket_attach,
    .on = socket_on,
    .stats = socket_stats,
    .detach = socket_detach,
    .probe = socket_probe,
};
