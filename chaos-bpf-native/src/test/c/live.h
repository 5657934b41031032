// SPDX-License-Identifier: Apache-2.0
/*
 * For tests and benchmarks that need a real network: a pod and its peer, two namespaces joined by a veth. They belong
 * to two child processes that die with us, so nothing can be left behind. Plus an agent to talk to.
 */
#ifndef LIVE_H
#define LIVE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* The pod's side has eth0; the peer answers on two addresses of each family. */
#define POD4 "198.18.40.1"
#define PEER4 "198.18.40.2"
#define OTHER4 "198.18.40.3"
#define PEER6 "fd40::2"
#define OTHER6 "fd40::3"

struct network {
    pid_t pod, peer;
};

struct network network_create(void); /* exits the program with a message when it cannot */
void network_destroy(struct network *network);

/* A socket in the namespace of a process. */
int socket_in(pid_t pid, int family, int type);

/* A socket of the pod connected to an address of the peer; -1 on failure. */
int connect_to(const struct network *network, int type, const char *address, uint16_t port);

/* A listening (or, for SOCK_DGRAM, bound) socket of the peer. */
int listen_at(const struct network *network, int type, const char *address, uint16_t port);

/* Echo everything that arrives on a socket from listen_at(), on own threads, until the program ends. */
void echo_on(int fd, int type);

/* The same on a port of any of the peer's addresses. */
void echo_at(const struct network *network, int type, uint16_t port);

/* Send one small message and wait for its echo; microseconds, -1 after two seconds without one. */
long round_trip_us(int fd);

struct agent {
    pid_t pid;
    int in, out;
};

struct agent agent_start(const char *parent); /* NULL: without --parent */

/* Options up to a NULL, at most 6. root: a directory to start /chaos-agent in by chroot; NULL: here. */
struct agent agent_start_with(const char *const *options, const char *root);

/* One request, one reply. The reply stays valid until the next call. */
__attribute__((format(printf, 2, 3))) const char *agent_ask(const struct agent *agent, const char *format, ...);

/* The number in ` key=NUMBER` of a reply, -1 when it is not there. */
long long reply_value(const char *reply, const char *key);

/* Close stdin and wait for the end; the exit status, or -signal. */
int agent_end(struct agent *agent);
int agent_wait(struct agent *agent);

void sleep_ms(int ms);

/* What a pipe or a socket has to say by then, so that a test whose other side is stopped fails and does not hang. */
ssize_t read_within(int fd, void *to, size_t size, int ms);

/* What stops an emulated processor counts as time that it took: there, bounds of time hold no more than roughly. */
bool is_emulated(void);

/* Until the faults of an agent that was killed or stopped just now pass everything, whatever they are attached by. */
void outlast_lease(void);

#endif
