// SPDX-License-Identifier: Apache-2.0
/*
 * Pid namespaces, told apart by their number, which the kernel gives to the next one as soon as one is gone: so whoever
 * compares numbers holds the namespace that it means.
 */
#ifndef PID_NAMESPACE_H
#define PID_NAMESPACE_H

#include <stdbool.h>
#include <sys/types.h>

struct pid_namespace {
    int fd; /* holds it; -1: none */
    dev_t device;
    ino_t inode;
};

#define NO_PID_NAMESPACE ((struct pid_namespace){.fd = -1})

/* That of the process of a pidfd, never of one that has taken its number; false when it is gone. */
bool pid_namespace_open(int pidfd, struct pid_namespace *held);
void pid_namespace_close(struct pid_namespace *held);

/* False where either is none. */
bool pid_namespace_same(const struct pid_namespace *one, const struct pid_namespace *other);

bool pid_namespace_is_ours(const struct pid_namespace *held);

#endif
