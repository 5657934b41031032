// SPDX-License-Identifier: Apache-2.0
/*
 * A BPF program on a device, where it sees each packet. By a tcx link, which goes with its process, however that dies;
 * where the kernel has none, as a clsact filter, which stays there: then the lease makes the program pass everything,
 * and clsact.h removes it when it is next on the device.
 */
#ifndef HOOK_H
#define HOOK_H

#include <stdbool.h>
#include <stdint.h>

#include "failure.h"

enum hook_side { HOOK_INGRESS, HOOK_EGRESS };
enum hook_place { HOOK_FIRST, HOOK_LAST }; /* before, after all programs that are there */

/* A program that is attached. */
struct hooked {
    const struct hook *hook;
    char refused[400]; /* by the hooks that were tried before it, NAME: WHY; empty: none was */
    int fd;            /* of what holds it: a link, or the socket that filters are changed by */
    int ifindex;
    enum hook_side side;
    /* of a filter */
    uint16_t priority;
    uint32_t handle;
    bool own_qdisc; /* the device had none before us */
};

/* A way to attach. */
struct hook {
    const char *name; /* what hook=… calls it */

    /* `unsupported` where the kernel has no such thing: then the next is tried. */
    int (*attach)(struct hooked *hooked, int program, enum hook_place place, struct failure *f);
    void (*close)(struct hooked *hooked);
};

/* All of them, in the order in which they are tried; NULL at the end. */
extern const struct hook *const hooks[];

/* The hook of that name; NULL with the failure filled in. */
const struct hook *hook_require(const char *name, struct failure *f);

/*
 * Attach to a device of the *calling thread's* network namespace, by the first hook that the kernel has, or only by
 * the given one. New memory; NULL with the failure filled in, which names all that was tried.
 */
struct hooked *hook_attach(const struct hook *only, int program, int ifindex, enum hook_side side,
                           enum hook_place place, struct failure *f);

/* Detach, from any thread and namespace, after which the program does not run any more; NULL: nothing. */
void hook_close(struct hooked *hooked);

#endif
