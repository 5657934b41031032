// SPDX-License-Identifier: Apache-2.0
#include "keeper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "agents.h"
#include "clock.h"
#include "decide.h"
#include "descriptors.h"
#include "entry.h"
#include "foreign_ring.h"
#include "held.h"
#include "own_ring.h"
#include "taken.h"
#include "thread.h"

#define MAX_CALLERS 64             /* connections that have not sent their listener yet */
#define LEASE_LOOK_MS 10           /* how often the lease of a fault is looked at while it holds a call */
#define RINGS_LOOK_NS 500000000ull /* how often is looked for rings that were closed */
#define PRIORITY 1                 /* below what holds packets */
#define BLOCKED_S 1                /* how long a listener may keep us waiting */
#define STOLEN_NS 300000000ull     /* no call that is there takes so long to be had */
#define MAX_DESCRIPTORS 16384
#define MAX_SOURCES (4 + MAX_CALLERS + MAX_KEEPER_FAULTS + MAX_LISTENERS)

static struct caller {
    int connection; /* -1: this slot is free */
    bool runtime;
} callers[MAX_CALLERS];
static int next_caller;

static int listen_at(const char *name, int type, mode_t mode)
{
    int socket = descriptors_listen(name, type, mode);
    if (socket < 0)
        fprintf(stderr, "chaos-agent keep: %s: %s\n", name, strerror(errno));
    return socket;
}

/* A pod may connect and say nothing: where there is no room, who came first has to go. */
static void accept_caller(int socket, bool runtime)
{
    int connection = accept4(socket, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (connection < 0)
        return;
    if (callers[next_caller].connection >= 0)
        close(callers[next_caller].connection);
    callers[next_caller] = (struct caller){connection, runtime};
    next_caller = (next_caller + 1) % MAX_CALLERS;
}

static void accept_agent(int socket)
{
    int connection = accept4(socket, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (connection >= 0)
        agents_accept(connection);
}

static void drop(struct listener *listener)
{
    held_forget(listener);
    taken_forget(listener);
    listener_drop(listener);
}

/*
 * ENOENT: the thread was killed meanwhile. EINTR at once: our own ring had something to say. After a while it says that
 * we waited for a call that somebody took before us; anything else, that the listener is none that serves us.
 */
static bool serves(int error, uint64_t waited_ns)
{
    return error == ENOENT || (error == EINTR && waited_ns < STOLEN_NS);
}

static void answer_call(struct listener *listener)
{
    struct seccomp_notif call = {0};
    uint64_t since = clock_now_ns();
    if (ioctl(listener->fd, SECCOMP_IOCTL_NOTIF_RECV, &call)) {
        if (!serves(errno, clock_now_ns() - since))
            drop(listener);
        return;
    }
    if (held_again(listener, &call))
        return; /* it was broken off by a signal and comes again */
    if (call.data.nr == SYS_io_uring_setup)
        listener_note_setup(listener, &call);
    uint64_t now = clock_now_ns();
    struct call_outcome outcome = faults_decide(listener, &call, now);
    if (!outcome.delay_ns || !held_add(listener, &call, &outcome, now))
        call_answer(listener, call.id, outcome.error);
}

static void serve_listener(struct listener *listener, short events)
{
    if (events & POLLIN)
        answer_call(listener);
    else if (events & POLLHUP) /* no process has this filter any more; POLLERR: our own ring interrupted the look */
        drop(listener);
}

static void serve_caller(struct caller *caller)
{
    listener_accept(caller->connection, caller->runtime);
    close(caller->connection);
    caller->connection = -1;
}

/* Rounded up: who is held is let go at its time or a little later, never before. */
static struct timespec until(uint64_t next_ns)
{
    uint64_t now = clock_now_ns(), left = next_ns > now ? next_ns - now : 0;
    if (left > LEASE_LOOK_MS * 1000000ull)
        left = LEASE_LOOK_MS * 1000000ull;
    return (struct timespec){.tv_nsec = (long)left};
}

struct doors {
    int pods, runtimes, agents;
};

static int gather(struct pollfd *sources, const struct doors *doors, int faults)
{
    int n = 0;
    sources[n++] = (struct pollfd){.fd = doors->pods, .events = POLLIN};
    sources[n++] = (struct pollfd){.fd = doors->runtimes, .events = POLLIN};
    sources[n++] = (struct pollfd){.fd = doors->agents, .events = POLLIN};
    sources[n++] = (struct pollfd){.fd = own_ring_fd(), .events = POLLIN};
    for (int i = 0; i < MAX_CALLERS; i++)
        sources[n++] = (struct pollfd){.fd = callers[i].connection, .events = POLLIN};
    for (int i = 0; i < faults; i++)
        sources[n++] = (struct pollfd){.fd = keeper_faults[i].connection, .events = POLLIN};
    for (int i = 0; i < MAX_LISTENERS; i++)
        sources[n++] = (struct pollfd){.fd = listeners[i].fd, .events = POLLIN};
    return n;
}

static void serve(const struct pollfd *source, int faults)
{
    if ((source++)->revents)
        accept_caller(source[-1].fd, false);
    if ((source++)->revents)
        accept_caller(source[-1].fd, true);
    if ((source++)->revents)
        accept_agent(source[-1].fd);
    if ((source++)->revents)
        taken_reap();
    for (int i = 0; i < MAX_CALLERS; i++, source++)
        if (source->revents && source->fd == callers[i].connection) /* not who has come in its place since */
            serve_caller(&callers[i]);
    for (int i = 0; i < faults; i++, source++)
        if (source->revents)
            agents_receive(&keeper_faults[i]);
    for (int i = 0; i < MAX_LISTENERS; i++, source++)
        if (source->revents)
            serve_listener(&listeners[i], source->revents);
}

/* Returns when the next one is due, 0 for none. */
static uint64_t expire(void)
{
    static uint64_t looked_ns;
    uint64_t now = clock_now_ns();
    if (now - looked_ns > RINGS_LOOK_NS) {
        taken_forget_closed_rings();
        looked_ns = now;
    }
    uint64_t held = held_expire(now), taken = taken_expire(now);
    return !held || (taken && taken < held) ? taken : held;
}

static void run(const struct doors *doors)
{
    static struct pollfd sources[MAX_SOURCES];
    for (;;) {
        uint64_t next = expire();
        struct timespec wait = until(next);
        int faults = keeper_faults_used, n = gather(sources, doors, faults);
        if (ppoll(sources, (nfds_t)n, next ? &wait : NULL, NULL) > 0)
            serve(sources, faults);
    }
}

static void ignore(int signal)
{
    (void)signal;
}

/* A listener that somebody else reads, too, is ready and then is not: its call for one blocks, but not for long. */
static void never_block(void)
{
    const struct sigaction action = {.sa_handler = ignore}; /* without SA_RESTART */
    const struct itimerval every = {{.tv_sec = BLOCKED_S}, {.tv_sec = BLOCKED_S}};
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &every, NULL);
}

/* Where nobody else can put something in our sockets' places. */
static bool enter_directory(const char *path)
{
    struct stat status;
    mkdir(path, 0711);
    int directory = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    bool entered = directory >= 0 && !fstat(directory, &status) && !fchdir(directory);
    if (!entered)
        fprintf(stderr, "chaos-agent keep: %s: %s\n", path, strerror(errno));
    else if (status.st_uid != geteuid() || status.st_mode & (S_IWGRP | S_IWOTH))
        fprintf(stderr, "chaos-agent keep: %s: others can write there; name a directory that is root's alone\n", path);
    else
        return true;
    return false;
}

int keeper_main(const char *directory)
{
    const struct rlimit descriptors = {MAX_DESCRIPTORS, MAX_DESCRIPTORS};
    signal(SIGPIPE, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    signal(SIGINT, SIG_IGN);
    setrlimit(RLIMIT_NOFILE, &descriptors);
    thread_become_real_time("chaos-agent", PRIORITY); /* else all are late by what we wait for a processor */
    for (int i = 0; i < MAX_CALLERS; i++)
        callers[i].connection = -1;
    listeners_init();
    foreign_ring_init();
    entry_init();
    own_ring_open();
    if (!enter_directory(directory))
        return 1;
    struct doors doors;
    doors.runtimes = listen_at("runtime.sock", SOCK_STREAM, 0600);
    doors.agents = listen_at("control.sock", SOCK_SEQPACKET, 0600);
    doors.pods = listen_at("keeper.sock", SOCK_STREAM, 0666);
    if (doors.runtimes < 0 || doors.agents < 0 || doors.pods < 0)
        return 1;
    never_block();
    run(&doors);
    return 0;
}
