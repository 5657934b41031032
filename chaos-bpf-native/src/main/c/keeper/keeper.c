// SPDX-License-Identifier: Apache-2.0
#include "keeper.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"
#include "descriptors.h"
#include "faults.h"
#include "held.h"
#include "ring.h"

#define MAX_CALLERS 64   /* connections to keeper.sock that have not sent their listener yet */
#define LEASE_LOOK_MS 10 /* how often the lease of a fault is looked at while it holds a call */
#define MAX_SOURCES (2 + MAX_CALLERS + MAX_KEEPER_FAULTS + MAX_LISTENERS)

static int callers[MAX_CALLERS];

static int listen_at(const char *directory, const char *name, int type)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    int socket = descriptors_listen(path, type);
    if (socket < 0)
        fprintf(stderr, "chaos-agent keep: %s: %s\n", path, strerror(errno));
    return socket;
}

static void accept_caller(int socket)
{
    int connection = accept4(socket, NULL, NULL, SOCK_CLOEXEC);
    for (int i = 0; connection >= 0 && i < MAX_CALLERS; i++)
        if (callers[i] < 0) {
            callers[i] = connection;
            return;
        }
    if (connection >= 0)
        close(connection);
}

static void accept_agent(int socket)
{
    int connection = accept4(socket, NULL, NULL, SOCK_CLOEXEC);
    if (connection >= 0)
        fault_accept(connection);
}

static void answer_call(struct listener *listener)
{
    struct seccomp_notif call = {0};
    if (ioctl(listener->fd, SECCOMP_IOCTL_NOTIF_RECV, &call) || held_again(listener, &call))
        return; /* its thread was killed; or it was broken off by a signal and comes again */
    if (call.data.nr == SYS_io_uring_setup)
        listener_note_setup(listener, &call);
    uint64_t now = clock_now_ns();
    struct call_outcome outcome = faults_decide(listener, &call, now);
    if (!outcome.delay_ns || !held_add(listener, &call, &outcome, now))
        call_answer(listener, call.id, outcome.error);
}

static void serve_listener(struct listener *listener, short events)
{
    if (events & POLLIN) {
        answer_call(listener);
    } else if (events) { /* no process has this filter any more */
        held_forget(listener);
        listener_drop(listener);
    }
}

static void serve_caller(int *caller)
{
    listener_accept(*caller);
    close(*caller);
    *caller = -1;
}

/* Rounded up: who is held is let go at its time or a little later, never before. */
static struct timespec until(uint64_t next_ns)
{
    uint64_t now = clock_now_ns(), left = next_ns > now ? next_ns - now : 0;
    if (left > LEASE_LOOK_MS * 1000000ull)
        left = LEASE_LOOK_MS * 1000000ull;
    return (struct timespec){.tv_nsec = (long)left};
}

static int gather(struct pollfd *sources, int pods, int agents)
{
    int n = 0;
    sources[n++] = (struct pollfd){.fd = pods, .events = POLLIN};
    sources[n++] = (struct pollfd){.fd = agents, .events = POLLIN};
    for (int i = 0; i < MAX_CALLERS; i++)
        sources[n++] = (struct pollfd){.fd = callers[i], .events = POLLIN};
    for (int i = 0; i < MAX_KEEPER_FAULTS; i++)
        sources[n++] = (struct pollfd){.fd = keeper_faults[i].connection, .events = POLLIN};
    for (int i = 0; i < MAX_LISTENERS; i++)
        sources[n++] = (struct pollfd){.fd = listeners[i].fd, .events = POLLIN};
    return n;
}

static void serve(const struct pollfd *source)
{
    if ((source++)->revents)
        accept_caller(source[-1].fd);
    if ((source++)->revents)
        accept_agent(source[-1].fd);
    for (int i = 0; i < MAX_CALLERS; i++, source++)
        if (source->revents)
            serve_caller(&callers[i]);
    for (int i = 0; i < MAX_KEEPER_FAULTS; i++, source++)
        if (source->revents)
            fault_receive(&keeper_faults[i]);
    for (int i = 0; i < MAX_LISTENERS; i++, source++)
        if (source->revents)
            serve_listener(&listeners[i], source->revents);
}

static void run(int pods, int agents)
{
    static struct pollfd sources[MAX_SOURCES];
    for (;;) {
        uint64_t next = held_expire(clock_now_ns());
        struct timespec wait = until(next);
        int n = gather(sources, pods, agents);
        if (ppoll(sources, (nfds_t)n, next ? &wait : NULL, NULL) > 0)
            serve(sources);
    }
}

int keeper_main(const char *directory)
{
    signal(SIGPIPE, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    signal(SIGINT, SIG_IGN);
    prctl(PR_SET_TIMERSLACK, 1);
    memset(callers, -1, sizeof callers);
    listeners_init();
    faults_init();
    foreign_ring_init();
    mkdir(directory, 0711);
    int agents = listen_at(directory, "control.sock", SOCK_SEQPACKET);
    int pods = listen_at(directory, "keeper.sock", SOCK_STREAM);
    if (agents < 0 || pods < 0)
        return 1;
    run(pods, agents);
    return 0;
}
