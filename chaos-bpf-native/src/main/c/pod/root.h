// SPDX-License-Identifier: Apache-2.0
#ifndef ROOT_H
#define ROOT_H

/*
 * Make a root of its own on an empty directory, and go there: what every container has (/proc, /sys, /dev, /tmp) and
 * these files, given as kind, source and target each. "bind" shows a file or a directory as it is, read-only; "share"
 * so that it can be written; "copy" and "program" make a file of the container's own, mode 644 and 755. In mount and
 * pid namespaces of our own. What fails is said on stderr.
 */
int root_enter(const char *directory, const char *cwd, char **files);

#endif
