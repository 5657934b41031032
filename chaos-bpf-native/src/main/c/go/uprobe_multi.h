// SPDX-License-Identifier: Apache-2.0
/*
 * One link for all points of a program. Closing it costs one wait for the kernel, not one for each point, and several
 * are closed side by side.
 */
#ifndef UPROBE_MULTI_H
#define UPROBE_MULTI_H

#include <stdbool.h>

#include "uprobe.h"

/* Whether this kernel has it, and holds it to a process: Linux 6.6 to 6.9 held it to a thread. */
bool uprobe_multi_works(void);

/* The link; -1 with errno. */
int uprobe_multi_attach(int program, pid_t pid, const char *path, const struct uprobe_point *points, int count);

#endif
