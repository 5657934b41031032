// SPDX-License-Identifier: Apache-2.0
#include "relay_pair.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "clock.h"

#define FLOW_SIZE 16384
#define GONE_AFTER_NS 10000000000ull

/* From the end that it belongs to, to the other. */
struct flow {
    size_t from, to; /* the part of data that is to be written */
    bool ended;      /* the end has sent its last byte */
    bool closed;     /* and the other knows */
    char data[FLOW_SIZE];
};

struct end {
    struct relay_source source;
    struct pair *pair;
    int fd;
    bool connecting, watched;
    uint32_t waits; /* for these events */
    struct flow flow;
};

struct pair {
    struct end client, target;
    int epoll;
    const struct relay_door *door;
    uint64_t moved_ns; /* when a byte went either way */
    struct pair *next, **link;
};

struct relay_counts relay_counts;
static struct pair *pairs;

void relay_reset(int fd)
{
    struct linger now = {.l_onoff = 1, .l_linger = 0};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    close(fd);
}

static void forget(struct pair *pair)
{
    *pair->link = pair->next;
    if (pair->next)
        pair->next->link = pair->link;
    relay_counts.open--;
    free(pair);
}

static void reset(struct pair *pair)
{
    relay_reset(pair->client.fd);
    relay_reset(pair->target.fd);
    forget(pair);
}

static void finish(struct pair *pair)
{
    close(pair->client.fd);
    close(pair->target.fd);
    forget(pair);
}

static void count_failure(const struct relay_door *door, int err)
{
    relay_counts.failed++;
    relay_counts.failed_at = door->name;
    relay_counts.failed_errno = err;
}

/* False when the end is broken. */
static bool fill(struct end *end)
{
    struct flow *flow = &end->flow;
    if (flow->ended || flow->to == FLOW_SIZE)
        return true;
    ssize_t n = read(end->fd, flow->data + flow->to, FLOW_SIZE - flow->to);
    if (n < 0)
        return errno == EAGAIN || errno == EINTR;
    flow->ended = n == 0;
    flow->to += (size_t)n;
    return true;
}

static bool drain(struct flow *flow, int fd)
{
    if (flow->from < flow->to) {
        ssize_t n = send(fd, flow->data + flow->from, flow->to - flow->from, MSG_NOSIGNAL);
        if (n < 0)
            return errno == EAGAIN || errno == EINTR;
        flow->from += (size_t)n;
        if (flow->from == flow->to)
            flow->from = flow->to = 0;
    }
    if (flow->ended && !flow->closed && flow->from == flow->to) {
        shutdown(fd, SHUT_WR);
        flow->closed = true;
    }
    return true;
}

static bool move(struct end *from, struct end *to)
{
    struct flow *flow = &from->flow;
    if (from->connecting)
        return true;
    if (!fill(from))
        return false;
    if (flow->from < flow->to)
        from->pair->moved_ns = clock_now_ns();
    return to->connecting || drain(flow, to->fd);
}

/* An end that is done with both ways would report its hang-up for ever. */
static void watch(struct end *end, const struct end *other)
{
    const struct flow *out = &end->flow, *in = &other->flow;
    bool done = out->ended && in->closed;
    uint32_t waits = out->ended || out->to == FLOW_SIZE ? 0 : EPOLLIN;
    if (in->from < in->to)
        waits |= EPOLLOUT;
    if (end->connecting)
        waits = EPOLLOUT;
    struct epoll_event event = {.events = waits, .data.ptr = &end->source};
    if (done && end->watched)
        epoll_ctl(end->pair->epoll, EPOLL_CTL_DEL, end->fd, NULL);
    else if (!done && (!end->watched || waits != end->waits))
        epoll_ctl(end->pair->epoll, end->watched ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, end->fd, &event);
    end->watched = !done;
    end->waits = waits;
}

/* Asked by a look at what came, not by SO_ERROR: a target that answers and resets at once was connected to. */
static bool is_connected(struct end *end)
{
    char byte;
    end->connecting = false;
    if (recv(end->fd, &byte, 1, MSG_PEEK) >= 0 || errno == EAGAIN)
        return true;
    count_failure(end->pair->door, errno);
    return false;
}

/* What is there to be read before an error is read first: a peer may reset right after its last words. */
static bool is_broken(const struct end *end, uint32_t events)
{
    return events & EPOLLERR && (end->flow.ended || end->flow.to == FLOW_SIZE);
}

static void serve_end(struct relay_source *source, uint32_t events)
{
    struct end *end = (struct end *)source; /* its first member */
    struct pair *pair = end->pair;
    struct end *client = &pair->client, *target = &pair->target;
    bool good = end->connecting ? is_connected(end) : !is_broken(end, events);
    if (!good || !move(client, target) || !move(target, client)) {
        reset(pair);
    } else if (client->flow.closed && target->flow.closed) {
        finish(pair);
    } else {
        watch(client, target);
        watch(target, client);
    }
}

static void start(struct end *end, struct pair *pair, int fd, bool connecting)
{
    int one = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    end->source.serve = serve_end;
    end->pair = pair;
    end->fd = fd;
    end->connecting = connecting;
}

void relay_pair_open(int epoll, int client, const struct relay_door *door)
{
    relay_counts.connections++;
    int target = relay_door_connect(door);
    struct pair *pair = target < 0 ? NULL : calloc(1, sizeof *pair);
    if (!pair) {
        count_failure(door, errno);
        relay_reset(client);
        if (target >= 0)
            close(target);
        return;
    }
    relay_counts.open++;
    pair->epoll = epoll;
    pair->door = door;
    pair->moved_ns = clock_now_ns();
    pair->link = &pairs;
    pair->next = pairs;
    if (pairs)
        pairs->link = &pair->next;
    pairs = pair;
    start(&pair->client, pair, client, false);
    start(&pair->target, pair, target, true);
    watch(&pair->client, &pair->target);
    watch(&pair->target, &pair->client);
}

void relay_pairs_expire(uint64_t now_ns)
{
    for (struct pair *pair = pairs, *next; pair; pair = next) {
        next = pair->next;
        if (pair->client.flow.ended && now_ns > pair->moved_ns + GONE_AFTER_NS)
            reset(pair);
    }
}
