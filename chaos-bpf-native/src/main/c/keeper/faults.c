// SPDX-License-Identifier: Apache-2.0
#include "faults.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "descriptors.h"
#include "failure.h"
#include "held.h"
#include "peer.h"
#include "taken.h"

#define LEASE_GRACE_NS                                                                                                 \
    500000000ull /* an agent that ends closes its connection: one that is only slow is waited for                      \
                  */

struct keeper_fault keeper_faults[MAX_KEEPER_FAULTS];

void faults_init(void)
{
    for (int i = 0; i < MAX_KEEPER_FAULTS; i++)
        keeper_faults[i].connection = -1;
}

void fault_accept(int connection)
{
    for (int i = 0; i < MAX_KEEPER_FAULTS && peer_of(connection).trusted; i++)
        if (keeper_faults[i].connection < 0) {
            keeper_faults[i] = (struct keeper_fault){.connection = connection, .namespace = NO_PID_NAMESPACE};
            return;
        }
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
    fault->connection = -1;
    fault->shared = NULL;
}

/* Who does not read its answers is not waited for. */
static void answer(struct keeper_fault *fault, const char *text)
{
    if (descriptors_send(fault->connection, text, strlen(text), NULL, 0))
        end(fault);
}

bool listener_is_of(const struct listener *listener, const struct keeper_fault *fault)
{
    const char *container = fault->shared->container;
    if (container[0])
        return !strcmp(container, listener->container);
    return pid_namespace_same(&listener->namespace, &fault->namespace);
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
    if (enough)
        answer(fault, "ok");
    else if (any)
        answer(fault, BAD_REQUEST " the pod was started with a listener for io_uring_setup only: give its pod template "
                                  "runtimeClassName: chaos-io-uring-enter, which serves all operations");
    else
        answer(fault, BAD_REQUEST " the pod was not started with a listener: give its pod template runtimeClassName: "
                                  "chaos-io-uring for operation SETUP, or chaos-io-uring-enter for all others");
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

void fault_receive(struct keeper_fault *fault)
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
        answer(fault, "ok");
    }
    descriptors_close(received, 2);
}

bool fault_is_over(const struct keeper_fault *fault, uint64_t now_ns)
{
    const volatile struct chaos_control *control = &fault->shared->control;
    return control->mode != CHAOS_ON || now_ns > control->lease_until_ns + LEASE_GRACE_NS;
}

bool fault_is_active(const struct keeper_fault *fault, uint64_t now_ns)
{
    const volatile struct chaos_control *control = &fault->shared->control;
    return control->mode == CHAOS_ON && now_ns <= control->lease_until_ns;
}
