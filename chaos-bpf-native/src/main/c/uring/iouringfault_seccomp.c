// SPDX-License-Identifier: Apache-2.0
/* io_uring faults through the keeper (keeper/keeper.h), which holds the seccomp listeners of pods. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "descriptors.h"
#include "fault.h"
#include "hist.h"
#include "uring_kernel.h"
#include "uring_request.h"
#include "uring_shared.h"

#define ANSWER_WITHIN_S 5

struct seccomp_fault {
    struct fault fault;
    struct uring_shared *shared;
    int connection;
    bool asked; /* to let go, and has not answered */
};

static int make_shared(const struct uring_request *wanted, struct uring_shared **shared, struct failure *f)
{
    int memory = memfd_create("chaos-iouring", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (memory < 0 || ftruncate(memory, sizeof **shared) ||
        fcntl(memory, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL))
        return fail_errno(f, FAILED, "memory to share with the keeper");
    *shared = mmap(NULL, sizeof **shared, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
    if (*shared == MAP_FAILED) {
        *shared = NULL;
        close(memory);
        return fail_errno(f, FAILED, "mapping memory to share with the keeper");
    }
    (*shared)->options = wanted->options;
    if (wanted->container)
        snprintf((*shared)->container, sizeof(*shared)->container, "%s", wanted->container);
    return memory;
}

/* Where a ring of ours was closed a moment ago (uring_kernel.c), its end breaks off what waits for a limited time. */
static ssize_t receive(int connection, char *answer, size_t size)
{
    ssize_t got;
    do
        got = recv(connection, answer, size, 0);
    while (got < 0 && errno == EINTR);
    return got;
}

/* It is "ok", or a code of failure.h and a text. */
static int hear(int connection, struct failure *f)
{
    static const char *const codes[] = {NO_TARGET, BAD_REQUEST, NO_LISTENER, NARROW_LISTENER, FAILED};
    char answer[1024];
    ssize_t got = receive(connection, answer, sizeof answer - 1);
    if (got <= 0)
        return got ? fail_errno(f, FAILED, "the keeper's answer") : fail(f, FAILED, 0, "the keeper is gone");
    answer[got] = 0;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (!strncmp(answer, codes[i], strlen(codes[i])))
            return fail(f, codes[i], 0, "%s", answer + strlen(codes[i]) + 1);
    return 0;
}

static int ask(int connection, const char *what, const int *descriptors, int n, struct failure *f)
{
    if (descriptors_send(connection, what, strlen(what), descriptors, n))
        return fail_errno(f, FAILED, "asking the keeper");
    return hear(connection, f);
}

static int connect_keeper(const char *path, struct failure *f)
{
    if (!path)
        return fail(f, NO_KEEPER, 0, "no keeper holds listeners here");
    int connection = descriptors_connect(path, SOCK_SEQPACKET);
    if (connection < 0)
        return fail_errno(f, NO_KEEPER, "the keeper at %s", path);
    const struct timeval within = {.tv_sec = ANSWER_WITHIN_S};
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &within, sizeof within);
    return connection;
}

static int give_to_keeper(struct seccomp_fault *fault, const struct uring_request *wanted, pid_t pid, struct failure *f)
{
    fault->connection = connect_keeper(wanted->keeper, f);
    int memory = fault->connection < 0 ? -1 : make_shared(wanted, &fault->shared, f);
    if (memory < 0)
        return -1;
    int target = (int)syscall(SYS_pidfd_open, pid, 0);
    int rc = target < 0 ? fail_errno(f, NO_TARGET, "process %d", pid)
                        : ask(fault->connection, URING_FAULT, (int[]){memory, target}, 2, f);
    close(memory);
    if (target >= 0)
        close(target);
    return rc;
}

static void seccomp_detach(struct fault *attached)
{
    struct seccomp_fault *fault = (struct seccomp_fault *)attached;
    if (fault->connection >= 0)
        close(fault->connection);
    if (fault->shared)
        munmap(fault->shared, sizeof *fault->shared);
    free(fault);
}

static int kernel_can(const struct uring_options *options, struct failure *f)
{
    bool error = options->operation == URING_OPCODE && options->action == URING_ERROR;
    return error && uring_kernel_injects(f) ? uring_kernel_has_messages(f) : 0;
}

static struct fault *seccomp_attach(void *arg, const struct target *target, struct reply *reply, struct failure *f)
{
    (void)reply;
    const struct uring_request *wanted = arg;
    if (kernel_can(&wanted->options, f))
        return NULL;
    struct seccomp_fault *fault = calloc(1, sizeof *fault);
    if (!fault) {
        fail(f, FAILED, ENOMEM, "no memory for a fault on io_uring");
        return NULL;
    }
    fault->connection = -1;
    if (give_to_keeper(fault, wanted, target->pid, f)) {
        seccomp_detach(&fault->fault);
        return NULL;
    }
    fault->fault.mechanism = "seccomp user notification";
    fault->fault.control = &fault->shared->control;
    fault->fault.cut = &fault->shared->cut;
    return &fault->fault;
}

/* The keeper is asked to let go all that it holds, which it does before it answers. */
static void seccomp_lift(struct fault *attached)
{
    struct seccomp_fault *fault = (struct seccomp_fault *)attached;
    if (!control_off(&fault->shared->control))
        return;
    descriptors_send(fault->connection, URING_RELEASE, strlen(URING_RELEASE), NULL, 0); /* hear() fails if this does */
    fault->asked = true;
}

static int seccomp_settle(struct fault *attached, struct failure *f)
{
    struct seccomp_fault *fault = (struct seccomp_fault *)attached;
    bool asked = fault->asked;
    fault->asked = false;
    return asked ? hear(fault->connection, f) : 0;
}

static void seccomp_stats(struct fault *fault, struct reply *reply)
{
    const struct uring_shared *shared = ((struct seccomp_fault *)fault)->shared;
    reply_number(reply, "skipped", shared->skipped);
    reply_number(reply, "taken", shared->taken);
    reply_number(reply, "held", shared->held);
    reply_number(reply, "rings", shared->rings);
    hist_reply(&shared->delay_hist, reply, "delay_hist");
    hist_reply(&shared->error_hist, reply, "err_hist");
}

static void seccomp_probe(struct reply *reply)
{
    struct failure f = {0};
    unsigned int notify = 0x7fc00000u; /* SECCOMP_RET_USER_NOTIF */
    int rc = syscall(SYS_seccomp, 2 /* SECCOMP_GET_ACTION_AVAIL */, 0, &notify)
                 ? fail_errno(&f, UNSUPPORTED, "seccomp user notification")
                 : uring_kernel_has_messages(&f);
    reply_outcome(reply, "uring_seccomp", rc, &f);
}

const struct fault_kind iouringfault_seccomp = {
    .name = "iouringfault",
    .mechanism = "seccomp",
    .prepare = uring_prepare,
    .attach = seccomp_attach,
    .lift = seccomp_lift,
    .settle = seccomp_settle,
    .stats = seccomp_stats,
    .detach = seccomp_detach,
    .probe = seccomp_probe,
};
