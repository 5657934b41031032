// SPDX-License-Identifier: Apache-2.0
/* A BPF program on instructions of one running process, and of no other that runs the same file. */
#ifndef UPROBE_H
#define UPROBE_H

#include <stdint.h>
#include <sys/types.h>

#include "failure.h"

#define UPROBE_MAX_POINTS 4

struct uprobe_point {
    uint64_t offset; /* in the file that the process runs */
    uint64_t cookie; /* what bpf_get_attach_cookie() says there */
};

/* Its links are all that holds it. */
struct uprobe {
    int links[UPROBE_MAX_POINTS];
    int count;
};

/*
 * By one uprobe_multi link, where the kernel has these and the skeleton was made for them (uprobe_skeleton.h), else by
 * a perf event for each point, which every kernel with BPF links has. Runs for all threads of the process. Of several
 * links to a process the kernel closes the youngest first when we are killed: attach the faulting program last. 0, or
 * -1 and nothing is left.
 */
int uprobe_attach(struct uprobe *uprobe, int program, pid_t pid, const struct uprobe_point *points, int count,
                  struct failure *f);

/* Waits until no program runs at any uprobe of the machine; by perf events once for each, and in turn with all others.
 */
void uprobe_detach(struct uprobe *uprobe);

/* How long that may take: hardly 0.2 s a link, and 1 s more where somebody holds a call by spinning. */
uint64_t uprobe_closing_ms(const struct uprobe *uprobe);

#endif
