// SPDX-License-Identifier: Apache-2.0
/*
 * Connections that are older than a DNS fault: what goes on over them is counted, whoever else's traffic is not; and
 * they are closed where that is asked for. The pod has a file system of its own with a resolv.conf in it.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "dns_packet.h"
#include "live.h"

#define PORT 7001
#define POD_PORT 7002
#define GRACE_MS 300 /* longer than OLDER_GRACE_NS */

static struct network network;
static struct agent agent;
static pid_t pod; /* in the network of the pod, with a root of its own */

/* Every name but those below none.test has the address of the peer. */
static void *serve(void *arg)
{
    static const char record[] = "\xc0\x0c\0\1\0\1\0\0\0\x3c\0\4\xc6\x12\x28\2";
    int fd = (int)(intptr_t)arg;
    struct packet packet;
    struct sockaddr_storage from;
    for (;;) {
        socklen_t size = sizeof from;
        ssize_t n = recvfrom(fd, packet.bytes, 512, 0, (struct sockaddr *)&from, &size);
        if (n < 17)
            continue;
        uint8_t *question = packet.bytes + 12, *type = question + strlen((char *)question) + 1;
        bool none = strstr((char *)question, "none"), a = get16(type) == QTYPE_A;
        packet.size = (size_t)(type + 4 - packet.bytes);
        memcpy(packet.bytes + 2, none ? "\x81\x83\0\1\0\0\0\0\0\0" : "\x81\x80\0\1\0\1\0\0\0\0", 10);
        if (!none && a)
            append(&packet, record, sizeof record - 1);
        else
            packet.bytes[7] = 0;
        sendto(fd, packet.bytes, packet.size, 0, (struct sockaddr *)&from, size);
    }
    return NULL;
}

static void write_file(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    CHECK(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
    close(fd);
}

/* Its resolv.conf is a link, as it often is: to a file of its own root, not of ours. */
static pid_t start_pod(char *root)
{
    char path[256];
    CHECK(mkdtemp(root) != NULL);
    snprintf(path, sizeof path, "%s/etc", root);
    CHECK(!mkdir(path, 0755));
    snprintf(path, sizeof path, "%s/resolved", root);
    write_file(path, "search default.svc.cluster.local\nnameserver " PEER4 "\n");
    snprintf(path, sizeof path, "%s/etc/resolv.conf", root);
    CHECK(!symlink("/resolved", path));
    pid_t pid = fork();
    if (pid)
        return pid;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    int fd = (int)syscall(SYS_pidfd_open, network.pod, 0);
    if (fd < 0 || setns(fd, CLONE_NEWNET) || unshare(CLONE_NEWNS) || chroot(root))
        _exit(1);
    for (;;)
        pause();
}

static void attach_and_on(const char *what)
{
    CHECK_CONTAINS(agent_ask(&agent, "attach id=f kind=dnschaos pid=%d dev=eth0 action=nxdomain %s", pod, what),
                   "older=yes");
    CHECK_CONTAINS(agent_ask(&agent, "on id=f"), "ok t_on_ns=");
    sleep_ms(GRACE_MS);
}

static void detach(void)
{
    CHECK_CONTAINS(agent_ask(&agent, "off id=f"), "ok");
    CHECK_CONTAINS(agent_ask(&agent, "detach id=f"), "ok");
}

static void packets_over_an_older_connection_are_counted(const char *address, const char *end)
{
    char what[128], kept[128];
    int used = connect_to(&network, SOCK_STREAM, address, PORT);
    int idle = connect_to(&network, SOCK_STREAM, address, PORT);
    snprintf(what, sizeof what, "patterns=unknown.none.test address=%s", address);
    attach_and_on(what);
    for (int i = 0; i < 3; i++)
        CHECK(round_trip_us(used) >= 0);
    const char *stats = agent_ask(&agent, "stats id=f");
    CHECK_EQUAL(reply_value(stats, "older"), 2);
    snprintf(kept, sizeof kept, " kept=%s:%d/tcp:3 kept_connections=%s:%d/tcp:1 ", end, PORT, end, PORT);
    CHECK_CONTAINS(stats, kept);
    CHECK(round_trip_us(idle) >= 0);
    snprintf(kept, sizeof kept, " kept=%s:%d/tcp:4 kept_connections=%s:%d/tcp:2 ", end, PORT, end, PORT);
    CHECK_CONTAINS(agent_ask(&agent, "stats id=f"), kept);
    detach();
    close(used);
    close(idle);
}

static void counted_for_ipv4(void)
{
    packets_over_an_older_connection_are_counted(PEER4, PEER4);
}

static void counted_for_ipv6(void)
{
    packets_over_an_older_connection_are_counted(PEER6, "[" PEER6 "]");
}

static void other_traffic_is_no_escape(void)
{
    int other = connect_to(&network, SOCK_STREAM, OTHER4, PORT);
    int before = connect_to(&network, SOCK_STREAM, PEER4, PORT);
    CHECK_CONTAINS(
        agent_ask(&agent,
                  "attach id=f kind=dnschaos pid=%d dev=eth0 action=drop patterns=unknown.none.test address=" PEER4,
                  pod),
        "older=yes");
    CHECK_CONTAINS(agent_ask(&agent, "on id=f"), "ok t_on_ns=");
    CHECK(round_trip_us(before) >= 0); /* a request that was under way */
    close(before);
    int later = connect_to(&network, SOCK_STREAM, PEER4, PORT);
    sleep_ms(GRACE_MS);
    CHECK(round_trip_us(later) >= 0);
    CHECK(round_trip_us(other) >= 0);
    const char *stats = agent_ask(&agent, "stats id=f");
    CHECK_EQUAL(reply_value(stats, "older"), 1);
    CHECK_CONTAINS(stats, " kept= kept_connections= closed= unclosed=0 ");
    detach();
    close(later);
    close(other);
}

/* What the peer made to a port of the pod: the pod answers over it, but never looked a name up for it. */
static void connections_made_by_others_are_left_out(void)
{
    struct network turned = {.pod = network.peer, .peer = network.pod};
    echo_on(listen_at(&turned, SOCK_STREAM, POD4, POD_PORT), SOCK_STREAM);
    int inbound = connect_to(&turned, SOCK_STREAM, POD4, POD_PORT);
    attach_and_on("patterns=shop.test reconnect=1");
    CHECK(round_trip_us(inbound) >= 0);
    const char *stats = agent_ask(&agent, "stats id=f");
    CHECK_EQUAL(reply_value(stats, "addresses"), 1);
    CHECK_EQUAL(reply_value(stats, "older"), 0);
    CHECK_CONTAINS(stats, " kept= kept_connections= closed= ");
    detach();
    close(inbound);
}

static void older_connections_are_closed_where_asked_for(void)
{
    char text[8];
    int other = connect_to(&network, SOCK_STREAM, OTHER4, PORT);
    int first = connect_to(&network, SOCK_STREAM, PEER4, PORT);
    int second = connect_to(&network, SOCK_STREAM, PEER4, PORT);
    CHECK(round_trip_us(first) >= 0);
    attach_and_on("patterns=shop.test reconnect=1");
    CHECK_EQUAL(read(first, text, sizeof text), -1);
    CHECK_EQUAL(errno, ECONNABORTED);
    CHECK_EQUAL(read(second, text, sizeof text), -1);
    CHECK(round_trip_us(other) >= 0);
    int anew = connect_to(&network, SOCK_STREAM, PEER4, PORT);
    CHECK(round_trip_us(anew) >= 0);
    const char *stats = agent_ask(&agent, "stats id=f");
    CHECK_CONTAINS(stats, " closed=" PEER4 ":7001/tcp:2 unclosed=0 ");
    CHECK_CONTAINS(stats, " kept= ");
    detach();
    close(first);
    close(second);
    close(anew);
    close(other);
}

static void without_being_asked_none_is_closed(void)
{
    int kept = connect_to(&network, SOCK_STREAM, PEER4, PORT);
    attach_and_on("patterns=shop.test");
    CHECK(round_trip_us(kept) >= 0);
    CHECK_CONTAINS(agent_ask(&agent, "stats id=f"), " kept=" PEER4 ":7001/tcp:1 ");
    detach();
    CHECK(round_trip_us(kept) >= 0);
    close(kept);
}

static void says_which_names_there_are_not(void)
{
    const char *reply = agent_ask(
        &agent, "attach id=f kind=dnschaos pid=%d dev=eth0 action=drop patterns=shop.test,a.none.test,*.none.test",
        pod);
    CHECK_CONTAINS(reply, " nonexistent=a.none.test unanswered= ");
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=f"), "addresses"), 1);
    detach();
}

/* What the pod is answered before the fault: names that a wildcard means, and names that were asked instead. */
static void learns_from_the_answers_that_the_pod_gets(void)
{
    char command[128];
    int kept = connect_to(&network, SOCK_STREAM, PEER4, PORT);
    CHECK_CONTAINS(
        agent_ask(&agent, "attach id=f kind=dnschaos pid=%d dev=eth0 action=nxdomain patterns=*.pool.test", pod),
        "older=yes");
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=f"), "addresses"), 0);
    snprintf(command, sizeof command, "nsenter -t %d -n dig +short +tries=1 @" PEER4, network.pod);
    for (int i = 0; i < 2; i++) {
        char asked[256];
        snprintf(asked, sizeof asked, "%s %s > /dev/null", command, i ? "one.pool.test" : "other.test");
        CHECK(!system(asked));
    }
    CHECK_CONTAINS(agent_ask(&agent, "on id=f"), "ok");
    sleep_ms(GRACE_MS);
    CHECK(round_trip_us(kept) >= 0);
    const char *stats = agent_ask(&agent, "stats id=f");
    CHECK_EQUAL(reply_value(stats, "addresses"), 1);
    CHECK_CONTAINS(stats, " asked_before=other.test/A:1,one.pool.test/A:1 ");
    CHECK_CONTAINS(stats, " kept=" PEER4 ":7001/tcp:1 ");
    detach();
    close(kept);
}

/* The fault answers with the address of the peer: that makes it none of the name. */
static void forged_answers_teach_nothing(void)
{
    char command[128];
    int kept = connect_to(&network, SOCK_STREAM, PEER4, PORT);
    CHECK_CONTAINS(agent_ask(&agent,
                             "attach id=f kind=dnschaos pid=%d dev=eth0 action=spoof ip=" PEER4 " patterns=*.pool.test",
                             pod),
                   "older=yes");
    CHECK_CONTAINS(agent_ask(&agent, "on id=f"), "ok");
    snprintf(command, sizeof command, "nsenter -t %d -n dig +short +tries=1 @" PEER4 " x.pool.test > /dev/null",
             network.pod);
    CHECK(!system(command));
    sleep_ms(GRACE_MS);
    CHECK(round_trip_us(kept) >= 0);
    const char *stats = agent_ask(&agent, "stats id=f");
    CHECK_EQUAL(reply_value(stats, "hit_a"), 1);
    CHECK_EQUAL(reply_value(stats, "addresses"), 0);
    CHECK_CONTAINS(stats, " kept= ");
    detach();
    close(kept);
}

int main(void)
{
    pthread_t thread;
    char root[] = "/tmp/dns-escape-XXXXXX", command[64];
    network = network_create();
    pthread_create(&thread, NULL, serve, (void *)(intptr_t)listen_at(&network, SOCK_DGRAM, PEER4, 53));
    echo_at(&network, SOCK_STREAM, PORT);
    pod = start_pod(root);
    sleep_ms(50);
    agent = agent_start(NULL);
    RUN(counted_for_ipv4);
    RUN(counted_for_ipv6);
    RUN(other_traffic_is_no_escape);
    RUN(connections_made_by_others_are_left_out);
    RUN(older_connections_are_closed_where_asked_for);
    RUN(without_being_asked_none_is_closed);
    RUN(says_which_names_there_are_not);
    RUN(learns_from_the_answers_that_the_pod_gets);
    RUN(forged_answers_teach_nothing);
    agent_end(&agent);
    kill(pod, SIGKILL);
    waitpid(pod, NULL, 0);
    network_destroy(&network);
    snprintf(command, sizeof command, "rm -r %s", root);
    return check_summary() || system(command);
}
