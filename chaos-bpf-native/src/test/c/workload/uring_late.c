// SPDX-License-Identifier: Apache-2.0
#include "uring_late.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "lane.h"

#define NOP 1 /* user_data */
#define OPERATION 2
#define CANCEL 3
#define MOST 100

static const char text[] = "what is written down is read";
static char half[8], rest[sizeof text];
static int file = -1, ends[2], ways[2];
static struct lane lane;

static long microseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* Two ends of a TCP connection, in a network of our own, whose lo is down at first. */
static void connect_ends(int pair[2])
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    struct ifreq lo = {.ifr_name = "lo", .ifr_flags = IFF_UP};
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    pair[0] = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ioctl(listener, SIOCSIFFLAGS, &lo);
    if (bind(listener, (struct sockaddr *)&address, size) || listen(listener, 1) ||
        getsockname(listener, (struct sockaddr *)&address, &size) ||
        connect(pair[0], (struct sockaddr *)&address, size))
        perror("connection");
    pair[1] = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    close(listener);
}

static void prepare(void)
{
    if (file >= 0)
        return;
    file = memfd_create("late", MFD_CLOEXEC);
    if (unshare(CLONE_NEWNET) || write(file, text, sizeof text) != sizeof text || pipe(ways) || lane_open(&lane, 0))
        perror("workload");
    connect_ends(ends);
}

static struct iovec parts[2] = {{half, sizeof half}, {rest, sizeof text - sizeof half}};
static struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
static struct __kernel_timespec soon = {.tv_nsec = 50000000};

enum direction { NONE, IN, OUT };
static const struct {
    const char *name;
    uint8_t opcode;
    enum direction direction;
    int *fd;
    void *memory;
    uint32_t length;
    bool whole; /* memory is `rest` alone */
} operations[] = {
    {"readv", IORING_OP_READV, IN, &file, parts, 2, false},
    {"read", IORING_OP_READ, IN, &file, rest, sizeof text, true},
    {"writev", IORING_OP_WRITEV, OUT, &file, parts, 2, false},
    {"write", IORING_OP_WRITE, OUT, &file, rest, sizeof text, true},
    {"fsync", IORING_OP_FSYNC, NONE, &file, NULL, 0, false},
    {"recvmsg", IORING_OP_RECVMSG, IN, &ends[0], &message, 1, false},
    {"recv", IORING_OP_RECV, IN, &ends[0], rest, sizeof text, true},
    {"sendmsg", IORING_OP_SENDMSG, OUT, &ends[0], &message, 1, false},
    {"send", IORING_OP_SEND, OUT, &ends[0], rest, sizeof text, true},
    {"poll", IORING_OP_POLL_ADD, NONE, &ends[0], NULL, 0, false},
    {"timeout", IORING_OP_TIMEOUT, NONE, NULL, &soon, 1, false},
    {"pipe", IORING_OP_READ, IN, &ways[0], rest, sizeof text, true},
};

static int find(const char *name)
{
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++)
        if (!strcmp(name, operations[i].name))
            return (int)i;
    return -1;
}

static struct io_uring_sqe entry_of(int i)
{
    return (struct io_uring_sqe){.opcode = operations[i].opcode,
                                 .fd = operations[i].fd ? *operations[i].fd : -1,
                                 .addr = (uintptr_t)operations[i].memory,
                                 .len = operations[i].length,
                                 .poll32_events = operations[i].opcode == IORING_OP_POLL_ADD ? POLLIN : 0,
                                 .user_data = OPERATION};
}

/* What is to be read is there, what is to be written is nowhere yet. */
static void fill(int i)
{
    bool in = operations[i].direction == IN;
    memset(half, 0, sizeof half);
    memset(rest, 0, sizeof rest);
    if (operations[i].direction == OUT) {
        memcpy(operations[i].whole ? rest : half, text, operations[i].whole ? sizeof text : sizeof half);
        if (!operations[i].whole)
            memcpy(rest, text + sizeof half, sizeof text - sizeof half);
        if (operations[i].fd == &file && ftruncate(file, 0))
            perror("file");
    } else if (in && operations[i].fd == &file) {
        if (ftruncate(file, 0) || pwrite(file, text, sizeof text, 0) != sizeof text)
            perror("file");
    } else if (in || operations[i].opcode == IORING_OP_POLL_ADD) {
        if (write(operations[i].fd == ways ? ways[1] : ends[1], text, sizeof text) != sizeof text)
            perror("peer");
    }
}

static bool has_text(const char *first, const char *second)
{
    size_t n = second ? sizeof half : sizeof text;
    return !memcmp(first, text, n) && (!second || !memcmp(second, text + n, sizeof text - n));
}

static bool is_right(int i)
{
    char seen[sizeof text] = "";
    if (operations[i].direction == IN)
        return operations[i].whole ? has_text(rest, NULL) : has_text(half, rest);
    if (operations[i].direction == OUT)
        return (operations[i].fd == &file ? pread(file, seen, sizeof seen, 0)
                                          : recv(ends[1], seen, sizeof seen, MSG_DONTWAIT)) == sizeof seen &&
               has_text(seen, NULL);
    if (operations[i].opcode == IORING_OP_POLL_ADD)
        return recv(ends[0], seen, sizeof seen, MSG_DONTWAIT) == sizeof seen;
    return true;
}

static void late(int i)
{
    const struct io_uring_sqe nop = {.opcode = IORING_OP_NOP, .user_data = NOP}, entry = entry_of(i);
    long start = microseconds(), nop_us = -1, us = -1;
    int result = 0;
    fill(i);
    lane_add(&lane, &entry);
    lane_add(&lane, &nop);
    lane_submit(&lane);
    long enter_us = microseconds() - start;
    for (int n = 0; n < 2; n++) {
        struct completion completion = lane_wait(&lane);
        *(completion.user_data == NOP ? &nop_us : &us) = microseconds() - start;
        result = completion.user_data == OPERATION ? completion.result : result;
    }
    printf("late: enter_us=%ld nop_us=%ld us=%ld result=%d right=%d\n", enter_us, nop_us, us, result, is_right(i));
}

static void many(int n)
{
    static char buffers[MOST][sizeof text];
    static int pairs[MOST][2];
    int right = 0;
    memset(buffers, 0, sizeof buffers);
    for (int i = 0; i < n && i < MOST; i++) {
        connect_ends(pairs[i]);
        (void)!write(pairs[i][1], text, sizeof text);
        const struct io_uring_sqe entry = {.opcode = IORING_OP_RECV,
                                           .fd = pairs[i][0],
                                           .addr = (uintptr_t)buffers[i],
                                           .len = sizeof text,
                                           .user_data = (uint64_t)i + 1};
        lane_add(&lane, &entry);
    }
    long start = microseconds();
    lane_submit(&lane);
    for (int i = 0; i < n && i < MOST; i++) {
        struct completion completion = lane_wait(&lane);
        right += completion.user_data && completion.result == sizeof text &&
                 has_text(buffers[completion.user_data - 1], NULL);
    }
    printf("n=%d right=%d us=%ld\n", n, right, microseconds() - start);
    for (int i = 0; i < n && i < MOST; i++) {
        close(pairs[i][0]);
        close(pairs[i][1]);
    }
}

static void print_cancelled(void)
{
    int results[4] = {0};
    for (int n = 0; n < 2; n++) {
        struct completion completion = lane_wait(&lane);
        results[completion.user_data & 3] = completion.result;
    }
    printf("cancel=%d result=%d\n", results[CANCEL], results[OPERATION]);
}

static void cancel(int i)
{
    const struct io_uring_sqe entry = entry_of(i);
    struct io_uring_sqe stop = {.opcode = IORING_OP_ASYNC_CANCEL, .fd = -1, .addr = OPERATION, .user_data = CANCEL};
    if (operations[i].opcode == IORING_OP_TIMEOUT)
        stop.opcode = IORING_OP_TIMEOUT_REMOVE;
    if (operations[i].opcode == IORING_OP_POLL_ADD)
        stop.opcode = IORING_OP_POLL_REMOVE;
    lane_add(&lane, &entry);
    lane_submit(&lane);
    lane_add(&lane, &stop);
    lane_submit(&lane);
    print_cancelled();
}

/* Of what `leave` left. */
static void stop_left(void)
{
    const struct io_uring_sqe stop = {
        .opcode = IORING_OP_ASYNC_CANCEL, .fd = -1, .addr = OPERATION, .user_data = CANCEL};
    lane_add(&lane, &stop);
    lane_submit(&lane);
    print_cancelled();
}

/* Data that comes after a receive was cancelled is the next one's. */
static void twice(void)
{
    struct io_uring_sqe entry = entry_of(find("recv"));
    const struct io_uring_sqe stop = {
        .opcode = IORING_OP_ASYNC_CANCEL, .fd = -1, .addr = OPERATION, .user_data = CANCEL};
    int results[4] = {0};
    lane_add(&lane, &entry);
    lane_submit(&lane);
    memset(rest, 0, sizeof rest);
    lane_add(&lane, &stop);
    lane_submit(&lane);
    (void)!write(ends[1], text, sizeof text);
    entry.user_data = NOP;
    lane_add(&lane, &entry);
    lane_submit(&lane);
    for (int n = 0; n < 3; n++) {
        struct completion completion = lane_wait(&lane);
        results[completion.user_data & 3] = completion.result;
    }
    printf("first=%d second=%d right=%d\n", results[OPERATION], results[NOP], has_text(rest, NULL));
}

/* Two operations of which the second has its place after the first. */
static void in_order(struct io_uring_sqe first, struct io_uring_sqe second)
{
    int results[4] = {0}, last = 0;
    first.user_data = OPERATION;
    second.user_data = NOP;
    lane_add(&lane, &first);
    lane_add(&lane, &second);
    lane_submit(&lane);
    for (int n = 0; n < 2; n++) {
        struct completion completion = lane_wait(&lane);
        results[completion.user_data & 3] = completion.result;
        last = (int)completion.user_data;
    }
    printf("result=%d next=%d last=%d right=%d\n", results[OPERATION], results[NOP], last, has_text(rest, NULL));
}

static void chain(void)
{
    static char out[sizeof text];
    memcpy(out, text, sizeof text);
    memset(rest, 0, sizeof rest);
    if (ftruncate(file, 0))
        perror("file");
    in_order(
        (struct io_uring_sqe){
            .opcode = IORING_OP_WRITE, .flags = IOSQE_IO_LINK, .fd = file, .addr = (uintptr_t)out, .len = sizeof text},
        (struct io_uring_sqe){.opcode = IORING_OP_READ, .fd = file, .addr = (uintptr_t)rest, .len = sizeof text});
}

static void drain(void)
{
    fill(find("read"));
    in_order(entry_of(find("read")), (struct io_uring_sqe){.opcode = IORING_OP_NOP, .flags = IOSQE_IO_DRAIN});
}

static void fixed(void)
{
    fill(find("read"));
    syscall(SYS_io_uring_register, lane.fd, IORING_REGISTER_FILES, &file, 1);
    struct io_uring_sqe entry = entry_of(find("read"));
    entry.fd = 0;
    entry.flags = IOSQE_FIXED_FILE;
    in_order(entry, (struct io_uring_sqe){.opcode = IORING_OP_NOP});
    syscall(SYS_io_uring_register, lane.fd, IORING_UNREGISTER_FILES, NULL, 0);
}

static void idle(bool closes)
{
    const struct io_uring_sqe entry = entry_of(find("recv"));
    lane_add(&lane, &entry);
    lane_submit(&lane);
    if (closes) {
        lane_close(&lane);
        printf("closed=%d\n", lane_open(&lane, 0));
    }
}

/* What cannot be, of memory, length and file: the results as they come. */
static void bad(int i)
{
    const struct io_uring_sqe good = entry_of(i);
    struct io_uring_sqe all[] = {good, good, good, good, good};
    char drained[256];
    int directory = open("/", O_RDONLY | O_CLOEXEC);
    all[0].addr = 8;
    all[1].len = UINT32_MAX;
    all[2].fd = directory;
    all[3].fd = -1;
    all[4].addr = UINT64_MAX - 4;
    printf("results=");
    for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
        fill(i);
        lane_add(&lane, &all[k]);
        lane_submit(&lane);
        printf("%d,", lane_wait(&lane).result);
        while (recv(ends[0], drained, sizeof drained, MSG_DONTWAIT) > 0 ||
               recv(ends[1], drained, sizeof drained, MSG_DONTWAIT) > 0)
            ;
    }
    printf("\n");
    close(directory);
}

/* More receives than anybody needs, for which nothing comes. */
static void flood(int n)
{
    const struct io_uring_sqe entry = entry_of(find("recv"));
    for (int i = 1; i <= n; i++) {
        lane_add(&lane, &entry);
        if (i % 100 == 0)
            lane_submit(&lane);
    }
    lane_close(&lane);
    printf("closed=%d\n", lane_open(&lane, 0));
}

bool late_run(const char *command)
{
    prepare();
    if (!strncmp(command, "late ", 5) && find(command + 5) >= 0)
        late(find(command + 5));
    else if (!strncmp(command, "many ", 5))
        many(atoi(command + 5));
    else if (!strncmp(command, "cancel ", 7) && find(command + 7) >= 0)
        cancel(find(command + 7));
    else if (!strncmp(command, "bad ", 4) && find(command + 4) >= 0)
        bad(find(command + 4));
    else if (!strncmp(command, "flood ", 6))
        flood(atoi(command + 6));
    else if (!strcmp(command, "stop"))
        stop_left();
    else if (!strcmp(command, "twice"))
        twice();
    else if (!strcmp(command, "chain"))
        chain();
    else if (!strcmp(command, "drain"))
        drain();
    else if (!strcmp(command, "fixed"))
        fixed();
    else if (!strcmp(command, "idle") || !strcmp(command, "leave"))
        idle(command[0] == 'i');
    else
        return false;
    return true;
}
