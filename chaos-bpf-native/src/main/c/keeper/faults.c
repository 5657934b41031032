// SPDX-License-Identifier: Apache-2.0
#include "faults.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "descriptors.h"
#include "failure.h"
#include "held.h"

struct keeper_fault keeper_faults[MAX_KEEPER_FAULTS];

void faults_init(void)
{
    for (int i = 0; i < MAX_KEEPER_FAULTS; i++)
        keeper_faults[i].connection = -1;
}

void fault_accept(int connection)
{
    for (int i = 0; i < MAX_KEEPER_FAULTS; i++)
        if (keeper_faults[i].connection < 0) {
            keeper_faults[i] = (struct keeper_fault){.connection = connection};
            return;
        }
    close(connection);
}

static void end(struct keeper_fault *fault)
{
    held_release(fault);
    if (fault->shared)
        munmap(fault->shared, sizeof *fault->shared);
    close(fault->connection);
    fault->connection = -1;
    fault->shared = NULL;
}

static void answer(const struct keeper_fault *fault, const char *text)
{
    descriptors_send(fault->connection, text, strlen(text), NULL, 0);
}

bool listener_is_of(const struct listener *listener, const struct keeper_fault *fault)
{
    const char *container = fault->shared->container;
    if (container[0])
        return !strcmp(container, listener->container);
    return listener->namespace.inode == fault->namespace.inode && listener->namespace.device == fault->namespace.device;
}

/* Whether what the fault needs is handed over by at least one process of its target. */
static void answer_by_listeners(const struct keeper_fault *fault)
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

static void begin(struct keeper_fault *fault, int memory, int pidfd)
{
    struct stat status;
    if (pidfd < 0 || fstat(memory, &status) || status.st_size != sizeof *fault->shared ||
        !pid_namespace_of(pidfd, &fault->namespace)) {
        answer(fault, BAD_REQUEST " the keeper is of another version than the agent");
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
    if (n <= 0) {
        end(fault);
    } else if (!strcmp(text, URING_FAULT) && !fault->shared) {
        begin(fault, received[0], received[1]);
    } else if (!strcmp(text, URING_RELEASE)) {
        held_release(fault);
        answer(fault, "ok");
    }
    descriptors_close(received, 2);
}

bool fault_is_active(const struct keeper_fault *fault, uint64_t now_ns)
{
    const volatile struct chaos_control *control = &fault->shared->control;
    return control->mode == CHAOS_ON && now_ns <= control->lease_until_ns;
}
