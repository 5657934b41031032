// SPDX-License-Identifier: Apache-2.0
/* The seccomp listeners that the keeper holds: one for each process that was started with one. */
#ifndef LISTENER_H
#define LISTENER_H

#include <linux/seccomp.h>
#include <stdbool.h>
#include <stdint.h>

#include "container.h"
#include "pid_namespace.h"

/* What runc and `launch` say of a listener that io_uring_enter is handed over to as well. */
#define LISTENER_SETUP "chaos-junit setup"
#define LISTENER_ENTER LISTENER_SETUP ",enter"

struct listener {
    int fd;    /* -1: this slot is free */
    int pidfd; /* of the process it came with; -1 when that is unknown */
    struct pid_namespace namespace;
    char container[CONTAINER_ID_LENGTH + 1]; /* empty for a process of no container */
    bool enter;                              /* io_uring_enter is handed over too */
    uint64_t rings;                          /* that were asked for */
    uint32_t ring_flags;                     /* IORING_SETUP_… of all these */
};

#define MAX_LISTENERS 512
extern struct listener listeners[MAX_LISTENERS];

void listeners_init(void);

/*
 * Take what runc or `launch` sends on a connection: JSON with the state of the container, as the OCI runtime
 * specification has it, and the listener; `launch` adds a pidfd. A pod can connect as well: it speaks for itself only.
 * A runtime has a door of its own, as it may have ended before it is heard: who it was cannot be asked then.
 */
void listener_accept(int connection, bool runtime);
void listener_drop(struct listener *listener);

/* Whether a call still waits for its answer: then what was found by the number of its thread is of that thread. */
bool listener_waits(const struct listener *listener, const struct seccomp_notif *call);

/* Remember what kind of ring an io_uring_setup asks for: the ring itself does not tell. */
void listener_note_setup(struct listener *listener, const struct seccomp_notif *call);

#endif
