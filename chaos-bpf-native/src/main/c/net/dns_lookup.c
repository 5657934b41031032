// SPDX-License-Identifier: Apache-2.0
#include "dns_lookup.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "chaos.h"
#include "clock.h"
#include "dns_message.h"

#define PORT 53
#define TRIES 2
#define PATIENCE_NS 500000000ULL
#define FILE_MAX 16384
#define NXDOMAIN 3

static const uint16_t families[] = {DNS_TYPE_A, DNS_TYPE_AAAA};

#define FAMILIES 2

void dns_servers_read(const char *text, struct dns_servers *servers)
{
    char address[64];
    servers->count = 0;
    for (const char *line = text; *line && servers->count < DNS_SERVERS_MAX; line++) {
        if (sscanf(line, "nameserver%*[ \t]%63[0-9a-fA-F:.]", address) == 1 &&
            address_parse(address, servers->address[servers->count]))
            servers->count++;
        line = strchrnul(line, '\n');
        if (!*line)
            break;
    }
}

/* Links in a pod lead to the pod's own files, never to ours. */
static int open_in_root(pid_t pid, const char *path)
{
    char root[32];
    struct open_how how = {.flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, .resolve = RESOLVE_IN_ROOT};
    snprintf(root, sizeof root, "/proc/%d/root", pid);
    int dir = open(root, O_PATH | O_CLOEXEC);
    if (dir < 0)
        return -1;
    int fd = (int)syscall(SYS_openat2, dir, path, &how, sizeof how);
    close(dir);
    return fd;
}

void dns_servers_of(pid_t pid, struct dns_servers *servers)
{
    char text[FILE_MAX + 1];
    struct stat stat;
    ssize_t size = 0;
    int fd = open_in_root(pid, "etc/resolv.conf");
    if (fd >= 0 && !fstat(fd, &stat) && S_ISREG(stat.st_mode))
        size = read(fd, text, FILE_MAX);
    if (fd >= 0)
        close(fd);
    text[size > 0 ? size : 0] = 0;
    dns_servers_read(text, servers);
}

/* Marked, so that no fault of ours touches what we ask. */
static int connect_to_server(const uint32_t address[4])
{
    static const uint32_t mapped[3] = {0, 0, 0};
    const int mark = CHAOS_MARK;
    struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons(PORT), .sin_addr.s_addr = address[3]};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons(PORT)};
    memcpy(&v6.sin6_addr, address, sizeof v6.sin6_addr);
    bool ipv4 = !memcmp(address, mapped, 2 * sizeof *address) && address[2] == htonl(0xffff);
    int fd = socket(ipv4 ? AF_INET : AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_MARK, &mark, sizeof mark);
    if (ipv4 ? connect(fd, (struct sockaddr *)&v4, sizeof v4) : connect(fd, (struct sockaddr *)&v6, sizeof v6)) {
        close(fd);
        return -1;
    }
    return fd;
}

struct round {
    struct dns_lookup *names;
    int count, missing;
    bool have[DNS_PATTERNS_MAX * FAMILIES]; /* query i asks for name i / FAMILIES */
    struct address_set *addresses;
};

static void send_missing(int fd, const struct round *round)
{
    uint8_t query[DNS_QUERY_MAX];
    for (int i = 0; i < round->count * FAMILIES; i++) {
        size_t size = round->have[i] ? 0
                                     : dns_query_write(query, (uint16_t)i, round->names[i / FAMILIES].name,
                                                       families[i % FAMILIES]);
        if (size)
            send(fd, query, size, MSG_NOSIGNAL);
    }
}

static void take(struct round *round, const struct dns_message *answer)
{
    struct dns_name asked;
    int i = answer->id;
    if (i >= round->count * FAMILIES || round->have[i] || answer->qtype != families[i % FAMILIES])
        return;
    struct dns_lookup *name = &round->names[i / FAMILIES];
    if (dns_name_read(name->name, &asked) || memcmp(&asked, &answer->name, sizeof asked))
        return;
    round->have[i] = true;
    round->missing--;
    name->answered = true;
    name->nonexistent = answer->rcode == NXDOMAIN;
    for (int a = 0; a < answer->addresses.count; a++)
        address_set_add(round->addresses, answer->addresses.address[a]);
}

static void collect(int fd, struct round *round)
{
    uint8_t bytes[4096];
    struct dns_message answer;
    uint64_t end = clock_now_ns() + PATIENCE_NS;
    for (uint64_t now; round->missing && (now = clock_now_ns()) < end;) {
        struct pollfd readable = {.fd = fd, .events = POLLIN};
        if (poll(&readable, 1, (int)((end - now) / 1000000) + 1) <= 0)
            continue;
        ssize_t size = recv(fd, bytes, sizeof bytes, 0);
        if (size < 0)
            return; /* nobody listens there */
        if (dns_answer_read(bytes, (size_t)size, &answer))
            take(round, &answer);
    }
}

void dns_look_up(const struct dns_servers *servers, struct dns_lookup *names, int count, struct address_set *addresses)
{
    struct round round = {.names = names, .count = count, .missing = count * FAMILIES, .addresses = addresses};
    for (int try = 0; servers->count && round.missing && try < TRIES; try++) {
        int fd = connect_to_server(servers->address[try % servers->count]);
        if (fd < 0)
            continue;
        send_missing(fd, &round);
        collect(fd, &round);
        close(fd);
    }
}
