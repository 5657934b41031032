// SPDX-License-Identifier: Apache-2.0
#include "live.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"

__attribute__((noreturn)) static void give_up(const char *what)
{
    printf("FAILED %s: %s\n", what, strerror(errno));
    exit(1);
}

void sleep_ms(int ms)
{
    usleep((useconds_t)ms * 1000);
}

bool is_emulated(void)
{
    return getenv("CHAOS_EMULATED");
}

/* Where nobody chose: longer than usual, or a machine that stands still for a moment lets pass what tests count. */
static int choose_lease_ms(void)
{
    setenv("CHAOS_LEASE_MS", "500", 0);
    return atoi(getenv("CHAOS_LEASE_MS"));
}

void outlast_lease(void)
{
    sleep_ms(choose_lease_ms() + 50);
}

/* ---- the network ---- */

static pid_t start_holder(void)
{
    int ready[2];
    char byte;
    if (pipe(ready))
        give_up("pipe");
    pid_t pid = fork();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (unshare(CLONE_NEWNET) || write(ready[1], "", 1) != 1)
            _exit(1);
        for (;;)
            pause();
    }
    close(ready[1]);
    if (pid < 0 || read(ready[0], &byte, 1) != 1)
        give_up("unshare(CLONE_NEWNET): run as root");
    close(ready[0]);
    return pid;
}

static void shell(const char *format, ...)
{
    char command[512];
    va_list args;
    va_start(args, format);
    vsnprintf(command, sizeof command, format, args);
    va_end(args);
    if (system(command))
        give_up(command);
}

static void configure(pid_t pid, const char *device, const char *host)
{
    shell("nsenter -t %d -n ip addr add 198.18.40.%s/24 dev %s", pid, host, device);
    shell("nsenter -t %d -n ip addr add fd40::%s/64 dev %s nodad", pid, host, device);
}

struct network network_create(void)
{
    struct network n = {.pod = start_holder(), .peer = start_holder()};
    shell("nsenter -t %d -n ip link add eth0 type veth peer name eth0 netns %d", n.pod, n.peer);
    configure(n.pod, "eth0", "1");
    configure(n.peer, "eth0", "2");
    configure(n.peer, "eth0", "3");
    shell("nsenter -t %d -n ip link set eth0 up && nsenter -t %d -n ip link set eth0 up", n.pod, n.peer);
    return n;
}

void network_destroy(struct network *n)
{
    kill(n->pod, SIGKILL);
    kill(n->peer, SIGKILL);
    waitpid(n->pod, NULL, 0);
    waitpid(n->peer, NULL, 0);
}

int socket_in(pid_t pid, int family, int type)
{
    int own = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
    int pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
    if (own < 0 || pidfd < 0 || setns(pidfd, CLONE_NEWNET))
        give_up("entering a test namespace");
    int fd = socket(family, type | SOCK_CLOEXEC, 0);
    if (fd < 0 || setns(own, CLONE_NEWNET))
        give_up("socket in a test namespace");
    close(own);
    close(pidfd);
    return fd;
}

union address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
};

static socklen_t parse_address(const char *text, uint16_t port, union address *out)
{
    memset(out, 0, sizeof *out);
    bool v6 = strchr(text, ':');
    out->any.sa_family = v6 ? AF_INET6 : AF_INET;
    out->v4.sin_port = htons(port); /* at the same place in both */
    inet_pton(out->any.sa_family, text, v6 ? (void *)&out->v6.sin6_addr : &out->v4.sin_addr);
    return v6 ? sizeof out->v6 : sizeof out->v4;
}

/* Reno is in every kernel, and does not throttle itself now and then to measure the path, as BBR does. */
static void configure_tcp(int fd)
{
    int one = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    setsockopt(fd, IPPROTO_TCP, TCP_CONGESTION, "reno", 4);
}

int connect_to(const struct network *n, int type, const char *text, uint16_t port)
{
    union address address;
    socklen_t size = parse_address(text, port, &address);
    int fd = socket_in(n->pod, address.any.sa_family, type);
    if (type == SOCK_STREAM)
        configure_tcp(fd);
    if (!connect(fd, &address.any, size))
        return fd;
    close(fd);
    return -1;
}

int listen_at(const struct network *n, int type, const char *text, uint16_t port)
{
    union address address;
    socklen_t size = parse_address(text, port, &address);
    int fd = socket_in(n->peer, address.any.sa_family, type), buffer = 8 << 20, one = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &buffer, sizeof buffer);
    if (type == SOCK_STREAM)
        configure_tcp(fd); /* what is accepted inherits it */
    if (bind(fd, &address.any, size) || (type == SOCK_STREAM && listen(fd, 16)))
        give_up("binding a test port");
    return fd;
}

/* ---- echo ---- */

static void *echo_datagrams(void *arg)
{
    int fd = (int)(intptr_t)arg;
    char text[65536];
    struct sockaddr_in6 from;
    socklen_t size = sizeof from;
    ssize_t n;
    while ((n = recvfrom(fd, text, sizeof text, 0, (void *)&from, &size)) >= 0)
        sendto(fd, text, (size_t)n, 0, (void *)&from, size);
    return NULL;
}

static void *echo_stream(void *arg)
{
    int fd = (int)(intptr_t)arg;
    char text[65536];
    ssize_t n;
    while ((n = read(fd, text, sizeof text)) > 0)
        if (write(fd, text, (size_t)n) != n)
            break;
    close(fd);
    return NULL;
}

static void start_detached(void *(*run)(void *), int fd)
{
    pthread_t thread;
    if (pthread_create(&thread, NULL, run, (void *)(intptr_t)fd))
        give_up("thread");
    pthread_detach(thread);
}

static void *accept_streams(void *arg)
{
    int fd;
    while ((fd = accept4((int)(intptr_t)arg, NULL, NULL, SOCK_CLOEXEC)) >= 0)
        start_detached(echo_stream, fd);
    return NULL;
}

void echo_on(int fd, int type)
{
    start_detached(type == SOCK_STREAM ? accept_streams : echo_datagrams, fd);
}

void echo_at(const struct network *n, int type, uint16_t port)
{
    /* A socket for each address, so that an echo comes from the address that was asked. */
    static const char *const addresses[] = {PEER4, OTHER4, PEER6, OTHER6};
    for (int i = 0; i < 4; i++)
        echo_on(listen_at(n, type, addresses[i], port), type);
}

long round_trip_us(int fd)
{
    char text[64] = "ping";
    uint64_t start = clock_now_ns();
    struct pollfd readable = {.fd = fd, .events = POLLIN};
    if (send(fd, text, sizeof text, MSG_NOSIGNAL) != sizeof text || poll(&readable, 1, 2000) <= 0 ||
        recv(fd, text, sizeof text, 0) != sizeof text)
        return -1;
    return (long)((clock_now_ns() - start) / 1000);
}

ssize_t read_within(int fd, void *to, size_t size, int ms)
{
    struct pollfd readable = {.fd = fd, .events = POLLIN};
    return poll(&readable, 1, ms) == 1 ? read(fd, to, size) : -1;
}

/* ---- the agent ---- */

static char reply[65536];

static const char *read_line(int fd)
{
    size_t length = 0;
    while (length < sizeof reply - 1 && read(fd, reply + length, 1) == 1 && reply[length] != '\n')
        length++;
    reply[length] = 0;
    return reply;
}

struct agent agent_start(const char *parent)
{
    return agent_start_with((const char *[]){parent ? "--parent" : NULL, parent, NULL}, NULL);
}

struct agent agent_start_with(const char *const *options, const char *root)
{
    int in[2], out[2];
    const char *path = getenv("CHAOS_AGENT");
    if (!path || pipe2(in, O_CLOEXEC) || pipe2(out, O_CLOEXEC))
        give_up("CHAOS_AGENT must name the agent");
    choose_lease_ms();
    pid_t pid = fork();
    if (pid == 0) {
        dup2(in[0], STDIN_FILENO);
        dup2(out[1], STDOUT_FILENO);
        const char *arguments[8] = {"chaos-agent"};
        for (int i = 0; i < 6 && options[i]; i++)
            arguments[i + 1] = options[i];
        if (!root || (!chroot(root) && !chdir("/")))
            execv(root ? "/chaos-agent" : path, (char *const *)arguments);
        _exit(127);
    }
    close(in[0]);
    close(out[1]);
    if (strncmp(read_line(out[0]), "ready version=3 pid=", 20))
        give_up("the agent did not say that it is ready");
    return (struct agent){pid, in[1], out[0]};
}

const char *agent_ask(const struct agent *agent, const char *format, ...)
{
    char line[4096];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(line, sizeof line - 1, format, args);
    va_end(args);
    line[n++] = '\n';
    if (write(agent->in, line, (size_t)n) != n)
        return "error code=agent_is_gone";
    return read_line(agent->out);
}

long long reply_value(const char *text, const char *key)
{
    char word[64];
    snprintf(word, sizeof word, " %s=", key);
    const char *found = strstr(text, word);
    return found ? strtoll(found + strlen(word), NULL, 10) : -1;
}

int agent_wait(struct agent *agent)
{
    int status;
    waitpid(agent->pid, &status, 0);
    close(agent->out);
    if (agent->in >= 0)
        close(agent->in);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

int agent_end(struct agent *agent)
{
    close(agent->in);
    agent->in = -1;
    return agent_wait(agent);
}
