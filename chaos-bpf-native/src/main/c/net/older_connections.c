// SPDX-License-Identifier: Apache-2.0
#include "older_connections.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>

#include "bpf_call.h"
#include "tcp_sockets.h"

#define PORTS 65536

struct search {
    const struct address_set *addresses;
    bool listening[PORTS];
    int count;
    struct tcp_socket found[OLDER_MAX];
};

static void look_at(void *arg, const struct tcp_socket *socket)
{
    struct search *search = arg;
    if (socket->state == TCP_LISTEN)
        search->listening[socket->local_port] = true;
    else if (search->count < OLDER_MAX && address_set_has(search->addresses, socket->remote))
        search->found[search->count++] = *socket;
}

struct older_connection older_of(const struct tcp_socket *socket)
{
    struct older_connection key = {.local_port = socket->local_port, .remote_port = socket->remote_port};
    memcpy(key.local, socket->local, sizeof key.local);
    memcpy(key.remote, socket->remote, sizeof key.remote);
    return key;
}

static void close_connection(int diag, const struct tcp_socket *socket, struct older_connections *older)
{
    const struct older_connection key = older_of(socket);
    int rc = tcp_socket_destroy(diag, socket);
    if (!rc) {
        older_ends_add(&older->closed, &key, 0);
    } else if (!older->unclosed++) {
        older->why = -rc;
    }
}

static int note(const struct search *search, int map, struct older_connections *older, struct failure *f)
{
    const uint64_t none = 0;
    for (int i = 0; i < search->count; i++) {
        const struct older_connection key = older_of(&search->found[i]);
        if (search->listening[key.local_port])
            continue;
        if (map_insert(map, &key, &none) && errno != EEXIST)
            return fail_errno(f, FAILED, "noting a connection that is older than the fault");
        older->found++;
    }
    return 0;
}

int older_find(int diag, const struct address_set *addresses, int map, bool close, struct older_connections *older,
               struct failure *f)
{
    const uint32_t states = 1 << TCP_ESTABLISHED | 1 << TCP_SYN_SENT | 1 << TCP_CLOSE_WAIT | 1 << TCP_LISTEN;
    struct search *search = calloc(1, sizeof *search);
    if (!search)
        return fail(f, FAILED, 0, "no memory to list connections");
    search->addresses = addresses;
    int rc = tcp_sockets_each(diag, states, look_at, search, f);
    if (!rc)
        rc = note(search, map, older, f);
    for (int i = 0; !rc && close && i < search->count; i++)
        if (!search->listening[search->found[i].local_port])
            close_connection(diag, &search->found[i], older);
    free(search);
    return rc;
}

void older_used(int map, struct older_ends *ends)
{
    struct older_connection key, *previous = NULL;
    memset(ends, 0, sizeof *ends);
    for (int i = 0; i < OLDER_MAX && !map_next_key(map, previous, &key); i++, previous = &key) {
        uint64_t packets = 0;
        map_lookup(map, &key, &packets);
        if (packets)
            older_ends_add(ends, &key, packets);
    }
}

void older_ends_add(struct older_ends *ends, const struct older_connection *connection, uint64_t packets)
{
    struct filter_endpoint end = {.port = connection->remote_port, .protocol = IPPROTO_TCP};
    memcpy(end.address, connection->remote, sizeof end.address);
    int i = 0;
    while (i < ends->count && memcmp(&ends->at[i].end, &end, sizeof end))
        i++;
    if (i == ends->count && ends->count < OLDER_ENDS_MAX)
        ends->at[ends->count++].end = end;
    ends->at[i].packets += packets;
    ends->at[i].connections++;
}

void older_ends_reply(const struct older_ends *ends, const char *name, bool packets, struct reply *reply)
{
    char end[CIDR_TEXT_SIZE];
    const char *separator = "";
    reply_word(reply, name, "%s", "");
    for (int i = 0; i <= OLDER_ENDS_MAX; i++) {
        if (!ends->at[i].connections)
            continue;
        if (i < ends->count)
            format_endpoint(&ends->at[i].end, end, sizeof end);
        else
            strcpy(end, "others");
        reply_more(reply, "%s%s:%llu", separator, end,
                   (unsigned long long)(packets ? ends->at[i].packets : ends->at[i].connections));
        separator = ",";
    }
}
