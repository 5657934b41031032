// SPDX-License-Identifier: Apache-2.0
#include "listener.h"

#include <errno.h>
#include <linux/io_uring.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "descriptors.h"
#include "json.h"
#include "peer.h"

#define STATE_SIZE 65536
#define SET_FLAGS _IOW('!', 4, __u64) /* SECCOMP_IOCTL_NOTIF_SET_FLAGS of Linux 6.6 */
#define SYNC_WAKE_UP 1

struct listener listeners[MAX_LISTENERS];

void listeners_init(void)
{
    for (int i = 0; i < MAX_LISTENERS; i++)
        listeners[i].fd = -1;
}

static void read_state(struct listener *listener, const char *state)
{
    if (listener->pidfd < 0)
        listener->pidfd = (int)syscall(SYS_pidfd_open, json_number(json_member(state, "pid")), 0);
    listener->enter = json_is(json_member(state, "metadata"), LISTENER_ENTER);
    json_text(json_member(json_member(state, "state"), "id"), listener->container, sizeof listener->container);
}

/* What it says of others is not believed. */
static void speak_for_itself(struct listener *listener, pid_t pid)
{
    if (listener->pidfd >= 0)
        close(listener->pidfd);
    listener->pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
    listener->container[0] = 0;
}

static struct listener *free_slot(void)
{
    for (int i = 0; i < MAX_LISTENERS; i++)
        if (listeners[i].fd < 0)
            return &listeners[i];
    return NULL;
}

void listener_accept(int connection, bool runtime)
{
    static char state[STATE_SIZE];
    int received[2] = {-1, -1};
    ssize_t n = descriptors_receive(connection, state, sizeof state - 1, received, 2);
    bool is_one = n > 0 && descriptors_is(received[0], "anon_inode:seccomp notify");
    struct listener *listener = is_one ? free_slot() : NULL;
    if (!listener) { /* who only asked whether somebody listens; or there are too many */
        descriptors_close(received, 2);
        return;
    }
    state[n] = 0;
    *listener = (struct listener){.fd = received[0], .pidfd = received[1], .namespace = NO_PID_NAMESPACE};
    read_state(listener, state);
    struct peer peer = peer_of(connection);
    if (!runtime && !peer.trusted)
        speak_for_itself(listener, peer.pid);
    pid_namespace_open(listener->pidfd, &listener->namespace);
    ioctl(listener->fd, SET_FLAGS, SYNC_WAKE_UP); /* best effort: answers come sooner */
}

void listener_drop(struct listener *listener)
{
    close(listener->fd);
    if (listener->pidfd >= 0)
        close(listener->pidfd);
    pid_namespace_close(&listener->namespace);
    listener->fd = -1;
}

bool listener_waits(const struct listener *listener, const struct seccomp_notif *call)
{
    int rc;
    do
        rc = ioctl(listener->fd, SECCOMP_IOCTL_NOTIF_ID_VALID, &call->id);
    while (rc && errno == EINTR);
    return !rc;
}

void listener_note_setup(struct listener *listener, const struct seccomp_notif *call)
{
    struct io_uring_params params;
    listener->rings++;
    struct iovec here = {&params, sizeof params}, there = {(void *)(uintptr_t)call->data.args[1], sizeof params};
    bool read = process_vm_readv((pid_t)call->pid, &here, 1, &there, 1, 0) == sizeof params;
    if (!listener_waits(listener, call))
        return;                                        /* it makes no ring now, and may have been another's memory */
    listener->ring_flags |= read ? params.flags : ~0u; /* what cannot be seen is left alone */
}
