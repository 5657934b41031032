// SPDX-License-Identifier: Apache-2.0
#include "own_ring.h"

#include <errno.h>
#include <grp.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "uring_kernel.h"

#define ENTRIES 256
#define COMPLETIONS 8192
#define NOBODY 65534
#define MOST_WORKERS 2048 /* who reads from a device that hangs must not keep others from theirs */

static struct io_uring_params params = {.flags = IORING_SETUP_CQSIZE | IORING_SETUP_CLAMP, .cq_entries = COMPLETIONS};
static int ring = -1;
static char *rings;
static struct io_uring_sqe *entries;
static uint32_t pending;
static uint16_t personality;

static uint32_t *word(uint32_t offset)
{
    return (uint32_t *)(rings + offset);
}

/* A child drops what we have, for good, and registers itself with our ring. */
static uint16_t register_nobody(void)
{
    int status = 0;
    pid_t pid = fork();
    if (pid == 0) {
        if (setgroups(0, NULL) || setresgid(NOBODY, NOBODY, NOBODY) || setresuid(NOBODY, NOBODY, NOBODY))
            _exit(0);
        long id = syscall(SYS_io_uring_register, ring, IORING_REGISTER_PERSONALITY, NULL, 0);
        _exit(id > 0 && id < 128 ? (int)id : 0);
    }
    while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    return pid > 0 && WIFEXITED(status) ? (uint16_t)WEXITSTATUS(status) : 0;
}

static bool knows_messages(void)
{
    struct failure why;
    return !uring_kernel_has_messages(&why);
}

static bool map(void)
{
    size_t size = params.sq_off.array + params.sq_entries * sizeof(uint32_t),
           completions = params.cq_off.cqes + params.cq_entries * sizeof(struct io_uring_cqe);
    rings = mmap(NULL, size > completions ? size : completions, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, ring,
                 IORING_OFF_SQ_RING);
    entries = mmap(NULL, params.sq_entries * sizeof *entries, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, ring,
                   IORING_OFF_SQES);
    return rings != MAP_FAILED && entries != MAP_FAILED;
}

bool own_ring_open(void)
{
    uint32_t workers[2] = {MOST_WORKERS, MOST_WORKERS};
    ring = (int)syscall(SYS_io_uring_setup, ENTRIES, &params);
    if (ring >= 0 && knows_messages() && map())
        personality = register_nobody();
    if (!personality) {
        if (ring >= 0)
            close(ring);
        ring = -1;
        return false;
    }
    syscall(SYS_io_uring_register, ring, IORING_REGISTER_IOWQ_MAX_WORKERS, workers, 2); /* best effort */
    for (uint32_t i = 0; i < params.sq_entries; i++)
        word(params.sq_off.array)[i] = i;
    return true;
}

bool own_ring_is_open(void)
{
    return ring >= 0;
}

int own_ring_fd(void)
{
    return ring;
}

uint16_t own_ring_personality(void)
{
    return personality;
}

void own_ring_flush(void)
{
    while (pending) {
        long n = syscall(SYS_io_uring_enter, ring, pending, 0, 0, NULL, 0);
        if (n > 0)
            pending -= (uint32_t)n;
        else if (n == 0 || errno != EINTR)
            return; /* completions are to be read first: again with the next flush */
    }
}

bool own_ring_submit(const struct io_uring_sqe *entry)
{
    if (pending == params.sq_entries)
        own_ring_flush();
    if (ring < 0 || pending == params.sq_entries)
        return false;
    uint32_t *tail = word(params.sq_off.tail), at = *tail;
    entries[at & (params.sq_entries - 1)] = *entry;
    __atomic_store_n(tail, at + 1, __ATOMIC_RELEASE);
    pending++;
    return true;
}

bool own_ring_next(struct io_uring_cqe *completion)
{
    if (ring < 0)
        return false;
    uint32_t *head = word(params.cq_off.head), at = *head;
    if (at == __atomic_load_n(word(params.cq_off.tail), __ATOMIC_ACQUIRE))
        return false;
    const struct io_uring_cqe *completions = (const struct io_uring_cqe *)(rings + params.cq_off.cqes);
    *completion = completions[at & (params.cq_entries - 1)];
    __atomic_store_n(head, at + 1, __ATOMIC_RELEASE);
    return true;
}

void own_ring_close(int descriptor)
{
    const struct io_uring_sqe entry = {.opcode = IORING_OP_CLOSE, .fd = descriptor};
    if (descriptor >= 0 && !own_ring_submit(&entry))
        close(descriptor);
}
