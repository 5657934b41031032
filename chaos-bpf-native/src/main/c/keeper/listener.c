// SPDX-License-Identifier: Apache-2.0
#include "listener.h"

#include <linux/io_uring.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "descriptors.h"

#define STATE_SIZE 65536
#define SET_FLAGS _IOW('!', 4, __u64) /* SECCOMP_IOCTL_NOTIF_SET_FLAGS of Linux 6.6 */
#define SYNC_WAKE_UP 1

struct listener listeners[MAX_LISTENERS];

void listeners_init(void)
{
    for (int i = 0; i < MAX_LISTENERS; i++)
        listeners[i].fd = -1;
}

/* By /proc/self/fdinfo, which numbers processes as /proc does, whatever pid namespace we are in. */
bool pid_namespace_of(int pidfd, struct pid_namespace *found)
{
    char path[64], line[256];
    int pid = 0;
    snprintf(path, sizeof path, "/proc/self/fdinfo/%d", pidfd);
    FILE *info = fopen(path, "re");
    while (info && fgets(line, sizeof line, info) && sscanf(line, "Pid: %d", &pid) != 1)
        ;
    if (info)
        fclose(info);
    struct stat status;
    snprintf(path, sizeof path, "/proc/%d/ns/pid", pid);
    if (pid <= 0 || stat(path, &status))
        return false;
    *found = (struct pid_namespace){status.st_dev, status.st_ino};
    return true;
}

/* The text after a key of compact JSON; "" if it is missing. */
static const char *after(const char *json, const char *key)
{
    const char *found = strstr(json, key);
    return found ? found + strlen(key) : "";
}

/* runc writes its fields in the order of the specification: pid, metadata, state with its id. */
static void read_state(struct listener *listener, const char *state)
{
    if (listener->pidfd < 0)
        listener->pidfd = (int)syscall(SYS_pidfd_open, atoi(after(state, "\"pid\":")), 0);
    const char *metadata = after(state, "\"metadata\":\""), *id = after(after(state, "\"state\":"), "\"id\":\"");
    listener->enter = strstr(metadata, "setup,enter") != NULL;
    snprintf(listener->container, sizeof listener->container, "%.*s", (int)strcspn(id, "\""), id);
}

static struct listener *free_slot(void)
{
    for (int i = 0; i < MAX_LISTENERS; i++)
        if (listeners[i].fd < 0)
            return &listeners[i];
    return NULL;
}

void listener_accept(int connection)
{
    static char state[STATE_SIZE];
    int received[2] = {-1, -1};
    ssize_t n = descriptors_receive(connection, state, sizeof state - 1, received, 2);
    struct listener *listener = n > 0 && received[0] >= 0 ? free_slot() : NULL;
    if (!listener) { /* who only asked whether somebody listens; or there are too many */
        descriptors_close(received, 2);
        return;
    }
    state[n] = 0;
    *listener = (struct listener){.fd = received[0], .pidfd = received[1]};
    read_state(listener, state);
    if (listener->pidfd >= 0)
        pid_namespace_of(listener->pidfd, &listener->namespace);
    ioctl(listener->fd, SET_FLAGS, SYNC_WAKE_UP); /* best effort: answers come sooner */
}

void listener_drop(struct listener *listener)
{
    close(listener->fd);
    if (listener->pidfd >= 0)
        close(listener->pidfd);
    listener->fd = -1;
}

void listener_note_setup(struct listener *listener, const struct seccomp_notif *call)
{
    struct io_uring_params params;
    struct iovec here = {&params, sizeof params}, there = {(void *)(uintptr_t)call->data.args[1], sizeof params};
    bool read = process_vm_readv((pid_t)call->pid, &here, 1, &there, 1, 0) == sizeof params;
    listener->ring_flags |= read ? params.flags : ~0u; /* what cannot be seen is left alone */
}
