// SPDX-License-Identifier: Apache-2.0
#include "agents.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "descriptors.h"
#include "failure.h"
#include "held.h"
#include "peer.h"
#include "taken.h"

void agents_accept(int connection)
{
    if (!peer_of(connection).trusted || !keeper_fault_new(connection))
        close(connection);
}

static void end(struct keeper_fault *fault)
{
    held_release(fault);
    taken_release(fault);
    if (fault->shared)
        munmap(fault->shared, sizeof *fault->shared);
    pid_namespace_close(&fault->namespace);
    close(fault->connection);
    keeper_fault_free(fault);
}

/* Who does not read its answers is not waited for. */
static void answer(struct keeper_fault *fault, const char *text)
{
    if (descriptors_send(fault->connection, text, strlen(text), NULL, 0))
        end(fault);
}

static void count_rings(struct keeper_fault *fault)
{
    uint64_t rings = 0;
    for (int i = 0; i < MAX_LISTENERS; i++)
        if (listeners[i].fd >= 0 && listener_is_of(&listeners[i], fault))
            rings += listeners[i].rings;
    fault->shared->rings = rings;
}

/* Whether what the fault needs is handed over by at least one process of its target. */
static void answer_by_listeners(struct keeper_fault *fault)
{
    bool any = false, enough = false;
    for (int i = 0; i < MAX_LISTENERS; i++)
        if (listeners[i].fd >= 0 && listener_is_of(&listeners[i], fault)) {
            any = true;
            enough |= listeners[i].enter || fault->shared->options.operation == URING_SETUP;
        }
    count_rings(fault);
    if (enough)
        answer(fault, "ok");
    else if (any)
        answer(fault, NARROW_LISTENER " the pod was started with a listener for io_uring_setup only");
    else
        answer(fault, NO_LISTENER " the pod was not started with a listener");
}

/* Memory that shrinks is the end of who looks at it. */
static bool is_shared(int memory)
{
    struct stat status;
    int seals = fcntl(memory, F_GET_SEALS);
    return seals >= 0 && seals & F_SEAL_SHRINK && !fstat(memory, &status) &&
           status.st_size == sizeof(struct uring_shared);
}

static void begin(struct keeper_fault *fault, int memory, int pidfd)
{
    if (!is_shared(memory)) {
        answer(fault, BAD_REQUEST " the keeper is of another version than the agent");
        return;
    }
    if (!pid_namespace_open(pidfd, &fault->namespace)) {
        answer(fault, NO_TARGET " the process has ended");
        return;
    }
    void *shared = mmap(NULL, sizeof *fault->shared, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
    if (shared == MAP_FAILED) {
        answer(fault, FAILED " the keeper has no memory for the fault");
        return;
    }
    fault->shared = shared;
    answer_by_listeners(fault);
}

void agents_receive(struct keeper_fault *fault)
{
    char text[16] = "";
    int received[2];
    ssize_t n = descriptors_receive(fault->connection, text, sizeof text - 1, received, 2);
    if (n < 0 && errno == EAGAIN)
        return;
    if (n <= 0) {
        end(fault);
    } else if (!strcmp(text, URING_FAULT) && !fault->shared) {
        begin(fault, received[0], received[1]);
    } else if (!strcmp(text, URING_RELEASE)) {
        held_release(fault);
        taken_release(fault);
        if (fault->shared)
            count_rings(fault);
        answer(fault, "ok");
    }
    descriptors_close(received, 2);
}
