// SPDX-License-Identifier: Apache-2.0
#ifndef ROOT_H
#define ROOT_H

#include "plan.h"

/*
 * Make a root of its own on an empty directory: what every container has (/proc, /sys, /dev, /tmp), and a plan's files,
 * given as kind, source and target each. "bind" shows a file or a directory as it is, read-only; "share" so that it can
 * be written; "copy" makes a file of the container's own, mode 644. On top of them the plan's volumes. In mount and pid
 * namespaces of our own. What fails is said on stderr. Returns the root.
 */
int root_make(const char *directory, const struct plan *plan);

/* Go there, for good; closes it. */
int root_enter(int root);

#endif
