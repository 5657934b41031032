// SPDX-License-Identifier: Apache-2.0
/* A BPF program on an instruction of one running process, and of no other that runs the same file. */
#ifndef UPROBE_H
#define UPROBE_H

#include <stdint.h>
#include <sys/types.h>

#include "failure.h"

/*
 * Returns the link, which is all that holds it. By a perf event, which every kernel with BPF links has; its program
 * runs for all threads of the process. Of several links to a process the kernel closes the youngest first when we are
 * killed: attach the faulting program last.
 */
int uprobe_attach(int program, pid_t pid, uint64_t offset, struct failure *f);

#endif
