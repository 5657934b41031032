// SPDX-License-Identifier: Apache-2.0
/*
 * What faults on io_uring are tested on. Reads a command a line, does it through a ring of its own, and answers with a
 * line `setup=N enter=N result=N us=N`, each a result or a negative errno, `none` where it did not come to that or did
 * not come within a second. Commands: nop read write openat send, with `async` in front for a worker thread, and pread,
 * the system call beside them.
 * Before these, `wide` takes a ring with entries of twice the size, `aside` an entry other than the first, and `lie S
 * C` says in the ring that it has S entries and C completions. `enter memfd` and `enter pipe` answer `enter=N` of a
 * call with a descriptor that is no ring; `flip MS` makes calls for so long, while another thread says now this, now
 * that in the ring, and answers `entered=N failed=N`. `time setup N` and `time enter N` answer `ns=N`: of making and
 * closing a ring, and of an enter with one NOP, on average. `ring` and what uring_late.h has goes on one ring that
 * stays.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "uring_late.h"

#define TIMEOUT_S 1

struct ring {
    int fd;
    char *rings;
    struct io_uring_sqe *entries;
    struct io_uring_params params;
};

static char buffer[4096];
static int file, pair[2];

static long microseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int ring_open(struct ring *ring, uint32_t flags)
{
    memset(ring, 0, sizeof *ring);
    ring->params.flags = flags;
    ring->fd = (int)syscall(SYS_io_uring_setup, 4, &ring->params);
    if (ring->fd < 0)
        return -errno;
    ring->rings = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, ring->fd, IORING_OFF_SQ_RING);
    ring->entries = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, ring->fd, IORING_OFF_SQES);
    return ring->rings == MAP_FAILED || ring->entries == MAP_FAILED ? -ENOMEM : 0;
}

static void ring_close(struct ring *ring)
{
    munmap(ring->rings, 4096);
    munmap(ring->entries, 4096);
    close(ring->fd);
}

static uint32_t *word(const struct ring *ring, uint32_t offset)
{
    return (uint32_t *)(ring->rings + offset);
}

static int submit(struct ring *ring, const struct io_uring_sqe *entry, uint32_t slot)
{
    ring->entries[slot] = *entry;
    word(ring, ring->params.sq_off.array)[0] = slot;
    __atomic_store_n(word(ring, ring->params.sq_off.tail), 1, __ATOMIC_RELEASE);
    long n = syscall(SYS_io_uring_enter, ring->fd, 1, 0, 0, NULL, 0);
    return n < 0 ? -errno : (int)n;
}

static void await(struct ring *ring)
{
    struct __kernel_timespec within = {.tv_sec = TIMEOUT_S};
    struct io_uring_getevents_arg argument = {.ts = (uintptr_t)&within};
    syscall(SYS_io_uring_enter, ring->fd, 0, 1, IORING_ENTER_GETEVENTS | IORING_ENTER_EXT_ARG, &argument,
            sizeof argument);
}

static void add_result(const struct ring *ring, char *text)
{
    if (!__atomic_load_n(word(ring, ring->params.cq_off.tail), __ATOMIC_ACQUIRE))
        strcpy(text, "none");
    else
        sprintf(text, "%d", ((struct io_uring_cqe *)(ring->rings + ring->params.cq_off.cqes))->res);
}

static void lie(const struct ring *ring, uint32_t entries, uint32_t completions)
{
    *word(ring, ring->params.sq_off.ring_entries) = entries;
    *word(ring, ring->params.cq_off.ring_entries) = completions;
}

/* sizes: what to say in the ring; NULL for the truth. */
static void use_ring(const struct io_uring_sqe *entry, uint32_t flags, uint32_t slot, const uint32_t *sizes)
{
    struct ring ring;
    char entered[16] = "none", result[16] = "none";
    long start = microseconds();
    int setup = ring_open(&ring, flags);
    if (!setup) {
        if (sizes)
            lie(&ring, sizes[0], sizes[1]);
        int n = submit(&ring, entry, slot);
        sprintf(entered, "%d", n);
        if (n == 1)
            await(&ring);
        add_result(&ring, result);
        ring_close(&ring);
    }
    printf("setup=%d enter=%s result=%s us=%ld\n", setup, entered, result, microseconds() - start);
}

static int fill_entry(const char *command, struct io_uring_sqe *entry)
{
    memset(entry, 0, sizeof *entry);
    entry->addr = (uintptr_t)buffer;
    entry->len = sizeof buffer;
    entry->fd = file;
    if (!strcmp(command, "nop")) {
        entry->opcode = IORING_OP_NOP;
        entry->len = 0;
    } else if (!strcmp(command, "read") || !strcmp(command, "write")) {
        entry->opcode = command[0] == 'r' ? IORING_OP_READ : IORING_OP_WRITE;
    } else if (!strcmp(command, "openat")) {
        *entry = (struct io_uring_sqe){.opcode = IORING_OP_OPENAT, .fd = AT_FDCWD, .addr = (uintptr_t)"/"};
    } else if (!strcmp(command, "send")) {
        entry->opcode = IORING_OP_SEND;
        entry->fd = pair[0];
        entry->len = 1;
    } else {
        return -1;
    }
    return 0;
}

static void enter_no_ring(const char *what)
{
    int ends[2] = {-1, -1};
    int fd = strcmp(what, "memfd") ? (pipe(ends) ? -1 : ends[0]) : memfd_create("[io_uring]", 0);
    long n = syscall(SYS_io_uring_enter, fd, 1, 0, 0, NULL, 0);
    printf("enter=%ld\n", n < 0 ? -errno : n);
    close(fd);
    close(ends[1]);
}

static volatile bool flipping;

static void *flip(void *ring)
{
    while (flipping) {
        lie(ring, 32768, 65536);
        lie(ring, 0, 0);
        lie(ring, 4, 8);
    }
    return NULL;
}

static void use_flipping_ring(int ms)
{
    const struct io_uring_sqe nop = {.opcode = IORING_OP_NOP};
    struct ring ring;
    pthread_t thread;
    uint32_t calls = 0, entered = 0;
    if (ring_open(&ring, 0))
        return;
    flipping = true;
    pthread_create(&thread, NULL, flip, &ring);
    for (long end = microseconds() + ms * 1000; microseconds() < end; calls++) {
        ring.entries[0] = nop;
        __atomic_store_n(word(&ring, ring.params.sq_off.tail), calls + 1, __ATOMIC_RELEASE);
        entered += syscall(SYS_io_uring_enter, ring.fd, 1, 0, 0, NULL, 0) == 1;
    }
    flipping = false;
    pthread_join(thread, NULL);
    printf("entered=%u failed=%u\n", entered, calls - entered);
    ring_close(&ring);
}

static void time_calls(const char *what, long n)
{
    const struct io_uring_sqe nop = {.opcode = IORING_OP_NOP};
    struct ring ring;
    if (n <= 0 || ring_open(&ring, 0))
        return;
    long start = microseconds();
    for (long i = 0; i < n; i++) {
        if (!strcmp(what, "setup")) {
            struct io_uring_params params = {0};
            close((int)syscall(SYS_io_uring_setup, 4, &params));
            continue;
        }
        word(&ring, ring.params.sq_off.array)[i & 3] = 0;
        ring.entries[0] = nop;
        __atomic_store_n(word(&ring, ring.params.sq_off.tail), (uint32_t)i + 1, __ATOMIC_RELEASE);
        syscall(SYS_io_uring_enter, ring.fd, 1, 0, 0, NULL, 0);
        __atomic_store_n(word(&ring, ring.params.cq_off.head), (uint32_t)i + 1, __ATOMIC_RELEASE);
    }
    printf("ns=%ld\n", (microseconds() - start) * 1000 / n);
    ring_close(&ring);
}

static bool skip_word(char **command, const char *word)
{
    size_t n = strlen(word);
    bool found = !strncmp(*command, word, n);
    *command += found ? n : 0;
    return found;
}

/* What goes on a ring, after the words before it. */
static void run_entry(char *command)
{
    struct io_uring_sqe entry;
    uint32_t sizes[2];
    int length = 0;
    bool async = skip_word(&command, "async "), wide = skip_word(&command, "wide "),
         aside = skip_word(&command, "aside ");
    bool lies = sscanf(command, "lie %u %u %n", &sizes[0], &sizes[1], &length) == 2;
    if (fill_entry(command + (lies ? length : 0), &entry)) {
        printf("unknown: %s\n", command);
        return;
    }
    entry.flags |= async ? IOSQE_ASYNC : 0;
    use_ring(&entry, wide ? IORING_SETUP_SQE128 : 0, aside ? 2 : 0, lies ? sizes : NULL);
}

static void run(char *command)
{
    if (skip_word(&command, "ring ")) {
        if (!late_run(command))
            printf("unknown: %s\n", command);
    } else if (skip_word(&command, "time ")) {
        char what[16] = "";
        long n = 0;
        sscanf(command, "%15s %ld", what, &n);
        time_calls(what, n);
    } else if (skip_word(&command, "enter ")) {
        enter_no_ring(command);
    } else if (skip_word(&command, "flip ")) {
        use_flipping_ring(atoi(command));
    } else if (!strcmp(command, "pread")) {
        ssize_t n = pread(file, buffer, sizeof buffer, 0);
        printf("result=%d\n", n < 0 ? -errno : (int)n);
    } else {
        run_entry(command);
    }
}

int main(void)
{
    char line[64];
    file = memfd_create("workload", 0);
    if (file < 0 || write(file, buffer, sizeof buffer) != sizeof buffer || socketpair(AF_UNIX, SOCK_STREAM, 0, pair))
        return 1;
    setvbuf(stdout, NULL, _IOLBF, 0);
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = 0;
        run(line);
    }
    return 0;
}
