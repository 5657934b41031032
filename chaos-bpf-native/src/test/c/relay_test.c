// SPDX-License-Identifier: Apache-2.0
/* The relay's clients see what they would see at the target: its bytes, its ends, its refusals. All on the loopback. */
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"
#include "clock.h"
#include "relay.h"
#include "relay_pair.h"

#define MANY 500
#define LONG_TEXT (4 << 20)
#define PATIENCE_S 5

static uint16_t target_port, door_port, closed_door_port;
static int target;
static atomic_bool ten_seconds_passed;

static struct sockaddr_in loopback(uint16_t port)
{
    return (struct sockaddr_in){
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

/* With a port that was free. */
static int bind_any(uint16_t *port)
{
    struct sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bind(fd, (struct sockaddr *)&address, size);
    getsockname(fd, (struct sockaddr *)&address, &size);
    *port = ntohs(address.sin_port);
    return fd;
}

static uint16_t free_port(void)
{
    uint16_t port;
    close(bind_any(&port));
    return port;
}

static void be_patient(int fd)
{
    struct timeval patience = {.tv_sec = PATIENCE_S};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

static int connect_at(uint16_t port)
{
    struct sockaddr_in address = loopback(port);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    be_patient(fd);
    CHECK_EQUAL(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    return fd;
}

static int accept_client(void)
{
    struct pollfd waiting = {.fd = target, .events = POLLIN};
    CHECK_EQUAL(poll(&waiting, 1, PATIENCE_S * 1000), 1);
    int fd = accept(target, NULL, NULL);
    be_patient(fd);
    return fd;
}

/* The errno of the next read; 0 for an end, -1 for a byte. */
static int next_error(int fd)
{
    char byte;
    ssize_t n = read(fd, &byte, 1);
    return n < 0 ? errno : n == 0 ? 0 : -1;
}

static void say(int fd, const char *text)
{
    CHECK_EQUAL(send(fd, text, strlen(text), MSG_NOSIGNAL), (ssize_t)strlen(text));
}

static void check_hears(int fd, const char *text)
{
    char heard[64] = "";
    CHECK_EQUAL(recv(fd, heard, strlen(text), MSG_WAITALL), (ssize_t)strlen(text));
    CHECK_TEXT(heard, text);
}

static long long counted(const char *key)
{
    char reply[1024], word[64];
    CHECK_EQUAL(relay_request("stats", reply, sizeof reply), 0);
    snprintf(word, sizeof word, " %s=", key);
    const char *found = strstr(reply, word);
    return found ? atoll(found + strlen(word)) : -1;
}

static void await_open(int number)
{
    for (int i = 0; i < PATIENCE_S * 1000 && counted("open") != number; i++)
        usleep(1000);
    CHECK_EQUAL(counted("open"), number);
}

static void passes_words_both_ways(void)
{
    int client = connect_at(door_port), server = accept_client();
    say(client, "question");
    check_hears(server, "question");
    say(server, "answer");
    check_hears(client, "answer");
    close(client);
    CHECK_EQUAL(next_error(server), 0);
    close(server);
    await_open(0);
}

static void *send_long_text(void *fd)
{
    static char text[LONG_TEXT];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)(i * 2654435761u >> 24);
    for (size_t sent = 0; sent < sizeof text;) {
        ssize_t n = send((int)(intptr_t)fd, text + sent, sizeof text - sent, MSG_NOSIGNAL);
        if (n <= 0)
            break;
        sent += (size_t)n;
    }
    shutdown((int)(intptr_t)fd, SHUT_WR);
    return NULL;
}

/* Far more than all buffers between hold. */
static void keeps_every_byte_for_a_slow_reader(void)
{
    static char heard[LONG_TEXT];
    int client = connect_at(door_port), server = accept_client();
    pthread_t sender;
    pthread_create(&sender, NULL, send_long_text, (void *)(intptr_t)server);
    usleep(100000);
    CHECK_EQUAL(recv(client, heard, sizeof heard, MSG_WAITALL), sizeof heard);
    int wrong = 0;
    for (size_t i = 0; i < sizeof heard; i++)
        wrong += heard[i] != (char)(i * 2654435761u >> 24);
    CHECK_EQUAL(wrong, 0);
    CHECK_EQUAL(next_error(client), 0);
    pthread_join(sender, NULL);
    close(client);
    close(server);
    await_open(0);
}

static void one_side_may_end_before_the_other(void)
{
    int client = connect_at(door_port), server = accept_client();
    say(client, "all that I ask");
    shutdown(client, SHUT_WR);
    check_hears(server, "all that I ask");
    CHECK_EQUAL(next_error(server), 0);
    say(server, "late answer");
    close(server);
    check_hears(client, "late answer");
    CHECK_EQUAL(next_error(client), 0);
    close(client);
    await_open(0);
}

static void a_refusal_is_a_reset_and_is_counted(void)
{
    char reply[1024];
    long long before = counted("failed");
    int client = connect_at(closed_door_port);
    CHECK_EQUAL(next_error(client), ECONNRESET);
    CHECK_EQUAL(counted("failed"), before + 1);
    relay_request("stats", reply, sizeof reply);
    CHECK_CONTAINS(reply, "errno=ECONNREFUSED");
    CHECK_CONTAINS(reply, "failed_at=127.0.0.1:");
    close(client);
    await_open(0);
}

static void a_reset_goes_through_after_the_last_words(void)
{
    int client = connect_at(door_port), server = accept_client();
    say(server, "last words");
    relay_reset(server);
    check_hears(client, "last words");
    CHECK_EQUAL(next_error(client), ECONNRESET);
    close(client);

    client = connect_at(door_port), server = accept_client();
    relay_reset(client);
    CHECK_EQUAL(next_error(server), ECONNRESET);
    close(server);
    await_open(0);
}

static void many_do_not_disturb_each_other(void)
{
    static int client[MANY], server[MANY];
    for (int i = 0; i < MANY; i++) {
        client[i] = connect_at(door_port);
        server[i] = accept_client();
    }
    await_open(MANY);
    for (int i = 0; i < MANY; i++)
        CHECK_EQUAL(send(client[i], &i, sizeof i, MSG_NOSIGNAL), sizeof i);
    int right = 0;
    for (int i = MANY - 1, heard; i >= 0; i--)
        right += recv(server[i], &heard, sizeof heard, MSG_WAITALL) == sizeof heard && heard == i;
    CHECK_EQUAL(right, MANY);
    for (int i = 0; i < MANY; i++) {
        close(client[i]);
        close(server[i]);
    }
    await_open(0);
}

/* A port-forward that ended leaves a connection that has nothing to say any more, to a target that never answers. */
static void a_client_that_is_gone_is_forgotten(void)
{
    int client = connect_at(door_port), server = accept_client();
    shutdown(client, SHUT_WR);
    CHECK_EQUAL(next_error(server), 0);
    CHECK_EQUAL(counted("open"), 1);
    atomic_store(&ten_seconds_passed, true);
    await_open(0);
    CHECK_EQUAL(next_error(client), ECONNRESET);
    close(client);
    close(server);
}

static void refuses_what_is_no_door(void)
{
    struct relay_door door;
    CHECK(relay_door_parse("20001=[fd00::1]:80", &door));
    CHECK_EQUAL(door.target.any.sa_family, AF_INET6);
    CHECK_TEXT(door.name, "[fd00::1]:80");
    static const char *const bad[] = {"",           "20001",           "=10.0.0.1:80",      "0=10.0.0.1:80",
                                      "1=10.0.0.1", "1=fd00::1:80",    "1=10.0.0.1:65536",  "1=shop:80",
                                      "1=:80",      "1=10.0.0.1:80 ",  "70000=10.0.0.1:80", "1=[fd00::1:80",
                                      "1=[]:80",    "1=[10.0.0.1]:80", "1:80=10.0.0.1"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(!relay_door_parse(bad[i], &door));
}

static void answers_nothing_but_its_own_requests(void)
{
    char reply[1024];
    CHECK_EQUAL(relay_request("hello", reply, sizeof reply), 0);
    CHECK_CONTAINS(reply, "ok version=1 ");
    CHECK_EQUAL(relay_request("attach id=a kind=delay pid=1", reply, sizeof reply), -1);
    CHECK_CONTAINS(reply, "error code=bad_request");
}

static void *serve(void *relay)
{
    struct pollfd ready = {.fd = (int)(intptr_t)relay, .events = POLLIN};
    for (;;) {
        poll(&ready, 1, 10);
        relay_serve();
        if (atomic_exchange(&ten_seconds_passed, false))
            relay_pairs_expire(clock_now_ns() + 10100000000ull);
    }
    return NULL;
}

static void open_doors(void)
{
    static char doors[2][64];
    target = bind_any(&target_port);
    listen(target, MANY);
    door_port = free_port();
    closed_door_port = free_port();
    snprintf(doors[0], sizeof doors[0], "%d=127.0.0.1:%d", door_port, target_port);
    snprintf(doors[1], sizeof doors[1], "%d=127.0.0.1:%d", closed_door_port, free_port());
    int relay = relay_open((char *[]){doors[0], doors[1], NULL});
    pthread_t thread;
    if (relay < 0 || pthread_create(&thread, NULL, serve, (void *)(intptr_t)relay))
        exit(1);
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    open_doors();
    RUN(passes_words_both_ways);
    RUN(keeps_every_byte_for_a_slow_reader);
    RUN(one_side_may_end_before_the_other);
    RUN(a_refusal_is_a_reset_and_is_counted);
    RUN(a_reset_goes_through_after_the_last_words);
    RUN(many_do_not_disturb_each_other);
    RUN(a_client_that_is_gone_is_forgotten);
    RUN(refuses_what_is_no_door);
    RUN(answers_nothing_but_its_own_requests);
    return check_summary();
}
