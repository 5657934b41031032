// SPDX-License-Identifier: Apache-2.0
/* What comes to the relay in frames meets targets as a client's own connection would. All on the loopback. */
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"
#include "relay.h"
#include "relay_carrier.h"

#define MANY 500
#define PATIENCE_S 5
#define OPEN_TARGET 0
#define CLOSED_TARGET 1

static struct sockaddr_in relay_address;
static int target, carrier;

/* At a port of the loopback that was free. */
static int bind_any(struct sockaddr_in *address)
{
    socklen_t size = sizeof *address;
    *address = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bind(fd, (struct sockaddr *)address, size);
    getsockname(fd, (struct sockaddr *)address, &size);
    return fd;
}

static int be_patient(int fd)
{
    struct timeval patience = {.tv_sec = PATIENCE_S};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    return fd;
}

static int connect_carrier(void)
{
    int fd = be_patient(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    CHECK_EQUAL(connect(fd, (struct sockaddr *)&relay_address, sizeof relay_address), 0);
    return fd;
}

static int accept_stream(void)
{
    struct pollfd waiting = {.fd = target, .events = POLLIN};
    CHECK_EQUAL(poll(&waiting, 1, PATIENCE_S * 1000), 1);
    return be_patient(accept(target, NULL, NULL));
}

/* ---- frames ---- */

static void put(uint32_t stream, int kind, const void *bytes, size_t size)
{
    unsigned char frame[RELAY_FRAME_SIZE] = {0};
    uint32_t number = htonl(stream);
    memcpy(frame, &number, 4);
    frame[4] = (unsigned char)kind;
    frame[6] = (unsigned char)(size >> 8);
    frame[7] = (unsigned char)size;
    memcpy(frame + RELAY_FRAME_HEADER, bytes, size);
    CHECK_EQUAL(send(carrier, frame, RELAY_FRAME_HEADER + size, MSG_NOSIGNAL), RELAY_FRAME_HEADER + size);
}

static void open_stream(uint32_t stream, int to)
{
    put(stream, RELAY_OPEN, (unsigned char[]){0, (unsigned char)to}, 2);
}

struct heard {
    uint32_t stream;
    int kind; /* 0: the carrier has ended */
    size_t size;
    char bytes[RELAY_FRAME_DATA + 1];
};

static struct heard *next_frame(void)
{
    static struct heard heard;
    unsigned char header[RELAY_FRAME_HEADER];
    memset(&heard, 0, sizeof heard);
    if (recv(carrier, header, sizeof header, MSG_WAITALL) != sizeof header)
        return &heard;
    memcpy(&heard.stream, header, 4);
    heard.stream = ntohl(heard.stream);
    heard.kind = header[4];
    heard.size = (size_t)(header[6] << 8 | header[7]);
    if (heard.size)
        CHECK_EQUAL(recv(carrier, heard.bytes, heard.size, MSG_WAITALL), heard.size);
    return &heard;
}

static void check_next(uint32_t stream, int kind, const char *bytes)
{
    struct heard *heard = next_frame();
    CHECK_EQUAL(heard->stream, stream);
    CHECK_EQUAL(heard->kind, kind);
    CHECK_CONTAINS(heard->bytes, bytes);
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

/* The errno of the next read; 0 for an end, -1 for a byte. */
static int next_error(int fd)
{
    char byte;
    ssize_t n = read(fd, &byte, 1);
    return n < 0 ? errno : n == 0 ? 0 : -1;
}

/* ---- tests ---- */

static void one_side_may_end_before_the_other(void)
{
    open_stream(1, OPEN_TARGET);
    put(1, RELAY_DATA, "question", 8);
    int server = accept_stream();
    check_hears(server, "question");
    put(1, RELAY_END, "", 0);
    CHECK_EQUAL(next_error(server), 0);
    say(server, "late answer");
    check_next(1, RELAY_DATA, "late answer");
    close(server);
    check_next(1, RELAY_END, "");
    open_stream(1, OPEN_TARGET); /* over, so the number is free */
    server = accept_stream();
    say(server, "first word");
    check_next(1, RELAY_DATA, "first word");
    close(server);
    check_next(1, RELAY_END, "");
    put(1, RELAY_END, "", 0);
}

static void a_refusal_says_what_refused(void)
{
    open_stream(2, CLOSED_TARGET);
    put(2, RELAY_DATA, "unheard", 7);
    check_next(2, RELAY_RESET, ": ECONNREFUSED");
}

static void a_reset_goes_through_after_the_last_words(void)
{
    open_stream(3, OPEN_TARGET);
    int server = accept_stream();
    say(server, "last words");
    relay_reset(server);
    check_next(3, RELAY_DATA, "last words");
    check_next(3, RELAY_RESET, "ECONNRESET");

    open_stream(3, OPEN_TARGET);
    server = accept_stream();
    put(3, RELAY_RESET, "", 0);
    CHECK_EQUAL(next_error(server), ECONNRESET);
    close(server);
}

static void *send_much(void *fd)
{
    static char bytes[2 * RELAY_WINDOW];
    for (size_t sent = 0; sent < sizeof bytes;) {
        ssize_t n = send((int)(intptr_t)fd, bytes + sent, sizeof bytes - sent, MSG_NOSIGNAL);
        if (n <= 0)
            break;
        sent += (size_t)n;
    }
    close((int)(intptr_t)fd);
    return NULL;
}

/* So many bytes of data, unless something else comes. */
static size_t hear(size_t size)
{
    size_t heard = 0;
    for (struct heard *frame; heard < size && (frame = next_frame())->kind == RELAY_DATA;)
        heard += frame->size;
    return heard;
}

/* A client that does not read must not make the relay hold all that there is. */
static void a_target_is_read_as_far_as_there_is_credit(void)
{
    pthread_t sender;
    uint32_t more = htonl(RELAY_WINDOW);
    open_stream(4, OPEN_TARGET);
    pthread_create(&sender, NULL, send_much, (void *)(intptr_t)accept_stream());
    CHECK_EQUAL(hear(RELAY_WINDOW), RELAY_WINDOW);
    struct pollfd readable = {.fd = carrier, .events = POLLIN};
    CHECK_EQUAL(poll(&readable, 1, 100), 0);
    put(4, RELAY_CREDIT, &more, 4);
    CHECK_EQUAL(hear(RELAY_WINDOW), RELAY_WINDOW);
    put(4, RELAY_CREDIT, &more, 4);
    check_next(4, RELAY_END, "");
    put(4, RELAY_END, "", 0);
    pthread_join(sender, NULL);
}

static void a_target_that_does_not_read_gives_no_credit(void)
{
    static char bytes[RELAY_FRAME_DATA], heard[RELAY_WINDOW];
    uint32_t credit = 0;
    open_stream(5, OPEN_TARGET);
    int server = accept_stream();
    for (int i = 0; i < RELAY_WINDOW / RELAY_FRAME_DATA; i++)
        put(5, RELAY_DATA, bytes, sizeof bytes);
    CHECK_EQUAL(recv(server, heard, sizeof heard, MSG_WAITALL), sizeof heard);
    while (credit < RELAY_WINDOW * 3 / 4) {
        struct heard *frame = next_frame();
        CHECK_EQUAL(frame->kind, RELAY_CREDIT);
        uint32_t more;
        memcpy(&more, frame->bytes, sizeof more);
        credit += ntohl(more);
        if (frame->kind != RELAY_CREDIT)
            break;
    }
    CHECK(credit <= RELAY_WINDOW);
    put(5, RELAY_RESET, "", 0);
    close(server);
}

static void many_do_not_disturb_each_other(void)
{
    static int server[MANY];
    for (int i = 0; i < MANY; i++) {
        open_stream(1000 + (uint32_t)i, OPEN_TARGET);
        server[i] = accept_stream();
    }
    for (int i = 0; i < MANY; i++)
        put(1000 + (uint32_t)i, RELAY_DATA, &i, sizeof i);
    int right = 0;
    for (int i = MANY - 1, heard; i >= 0; i--)
        right += recv(server[i], &heard, sizeof heard, MSG_WAITALL) == sizeof heard && heard == i;
    CHECK_EQUAL(right, MANY);
    for (int i = 0; i < MANY; i++)
        close(server[i]);
    int ended = 0;
    for (struct heard *frame; ended < MANY && (frame = next_frame())->kind;)
        ended += frame->kind == RELAY_END; /* among them, the last test's credit */
    CHECK_EQUAL(ended, MANY);
}

/* Those of the test before, half open, and one more. */
static void streams_end_with_their_carrier(void)
{
    open_stream(6, OPEN_TARGET);
    int server = accept_stream();
    close(carrier);
    CHECK_EQUAL(next_error(server), ECONNRESET);
    close(server);
    carrier = connect_carrier();
}

static void nonsense_ends_the_carrier(void)
{
    static const struct {
        int kind;
        size_t size;
    } bad[] = {{0, 0}, {RELAY_OPEN, 0}, {RELAY_OPEN, 3}, {RELAY_DATA, 0}, {RELAY_END, 1}, {RELAY_CREDIT, 3}, {77, 4}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        put(7, bad[i].kind, "\0\0\0\0", bad[i].size);
        CHECK_EQUAL(next_frame()->kind, 0);
        close(carrier);
        carrier = connect_carrier();
    }
    open_stream(7, 2); /* no such target */
    CHECK_EQUAL(next_frame()->kind, 0);
    close(carrier);
    carrier = connect_carrier();
}

static void refuses_what_is_no_target(void)
{
    struct relay_target read;
    CHECK(relay_target_parse("[fd00::1]:80", &read));
    CHECK_EQUAL(read.address.any.sa_family, AF_INET6);
    CHECK_TEXT(read.name, "[fd00::1]:80");
    static const char *const bad[] = {"",    "10.0.0.1",     "fd00::1:80",  "10.0.0.1:65536", "10.0.0.1:0",   "shop:80",
                                      ":80", "10.0.0.1:80 ", "[fd00::1:80", "[]:80",          "[10.0.0.1]:80"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(!relay_target_parse(bad[i], &read));
}

static void answers_nothing_but_hello(void)
{
    char reply[1024];
    CHECK_EQUAL(relay_request("hello", reply, sizeof reply), 0);
    CHECK_CONTAINS(reply, "ok version=3 ");
    CHECK_EQUAL(relay_request("attach id=a kind=networkdelay pid=1", reply, sizeof reply), -1);
    CHECK_CONTAINS(reply, "error code=bad_request");
}

static void *serve(void *relay)
{
    struct pollfd ready = {.fd = (int)(intptr_t)relay, .events = POLLIN};
    for (;;) {
        poll(&ready, 1, -1);
        relay_serve();
    }
    return NULL;
}

static void open_relay(void)
{
    static char port[8], targets[2][32];
    struct sockaddr_in address;
    pthread_t thread;
    target = bind_any(&address);
    listen(target, MANY);
    snprintf(targets[0], sizeof targets[0], "127.0.0.1:%d", ntohs(address.sin_port));
    bind_any(&address); /* kept, as nobody listens there then: a port given back may become the relay's own */
    snprintf(targets[1], sizeof targets[1], "127.0.0.1:%d", ntohs(address.sin_port));
    close(bind_any(&relay_address));
    snprintf(port, sizeof port, "%d", ntohs(relay_address.sin_port));
    int relay = relay_open(port, (char *[]){targets[0], targets[1], NULL});
    if (relay < 0 || pthread_create(&thread, NULL, serve, (void *)(intptr_t)relay))
        exit(1);
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    open_relay();
    carrier = connect_carrier();
    RUN(one_side_may_end_before_the_other);
    RUN(a_refusal_says_what_refused);
    RUN(a_reset_goes_through_after_the_last_words);
    RUN(a_target_is_read_as_far_as_there_is_credit);
    RUN(a_target_that_does_not_read_gives_no_credit);
    RUN(many_do_not_disturb_each_other);
    RUN(streams_end_with_their_carrier);
    RUN(nonsense_ends_the_carrier);
    RUN(refuses_what_is_no_target);
    RUN(answers_nothing_but_hello);
    shutdown(carrier, SHUT_WR); /* the leak checker does not look into epoll */
    next_frame();
    usleep(100000);
    return check_summary();
}
