// SPDX-License-Identifier: Apache-2.0
#include "proxy.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define API_PORT 8474
#define PATIENCE_MS 5000

static void run(const struct network *network, const char *program)
{
    int pidfd = (int)syscall(SYS_pidfd_open, network->pod, 0);
    int null = open("/dev/null", O_RDWR);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (pidfd < 0 || setns(pidfd, CLONE_NEWNET) || dup2(null, 1) < 0 || dup2(null, 2) < 0)
        _exit(1);
    execl(program, program, "-host", PROXY_ADDRESS, NULL);
    _exit(127);
}

static void give_up(const char *what, const char *answer)
{
    fprintf(stderr, "Toxiproxy: %s: %s\n", what, answer);
    exit(1);
}

struct proxy proxy_start(const struct network *network, const char *program)
{
    struct proxy proxy = {.network = network, .pid = fork()};
    if (proxy.pid == 0)
        run(network, program);
    for (int ms = 0; ms < PATIENCE_MS; ms += 10) {
        int fd = connect_to(network, SOCK_STREAM, PROXY_ADDRESS, API_PORT);
        if (fd >= 0) {
            close(fd);
            return proxy;
        }
        sleep_ms(10);
    }
    give_up(program, "does not listen");
    return proxy;
}

static void ask(const struct proxy *proxy, const char *method, const char *path, const char *body)
{
    char text[1024];
    int length =
        snprintf(text, sizeof text,
                 "%s %s HTTP/1.1\r\nHost: " PROXY_ADDRESS "\r\nConnection: close\r\nContent-Length: %zu\r\n\r\n%s",
                 method, path, strlen(body), body);
    int fd = connect_to(proxy->network, SOCK_STREAM, PROXY_ADDRESS, API_PORT);
    if (fd < 0 || send(fd, text, (size_t)length, MSG_NOSIGNAL) != length)
        give_up(path, "no connection");
    ssize_t held = 0, n;
    while ((n = recv(fd, text + held, sizeof text - 1 - (size_t)held, 0)) > 0)
        held += n;
    text[held] = 0;
    close(fd);
    if (strncmp(text, "HTTP/1.1 2", 10))
        give_up(path, text);
}

void proxy_add(const struct proxy *proxy, uint16_t port)
{
    char body[200];
    snprintf(body, sizeof body, "{\"name\":\"%d\",\"listen\":\"" PROXY_ADDRESS ":%d\",\"upstream\":\"" PEER4 ":%d\"}",
             port, port - PROXY_BEFORE, port);
    ask(proxy, "POST", "/proxies", body);
}

void proxy_delay(const struct proxy *proxy, uint16_t port, int ms)
{
    char path[64], body[200];
    snprintf(path, sizeof path, "/proxies/%d/toxics", port);
    snprintf(body, sizeof body,
             "{\"name\":\"late\",\"type\":\"latency\",\"stream\":\"upstream\",\"attributes\":{\"latency\":%d}}", ms);
    ask(proxy, "POST", path, body);
}

void proxy_clean(const struct proxy *proxy, uint16_t port)
{
    char path[64];
    snprintf(path, sizeof path, "/proxies/%d/toxics/late", port);
    ask(proxy, "DELETE", path, "");
}

void proxy_end(struct proxy *proxy)
{
    kill(proxy->pid, SIGKILL);
    waitpid(proxy->pid, NULL, 0);
}
