// SPDX-License-Identifier: Apache-2.0
/* Paths below a directory, taken step by step: no symbolic link leads out of it. */
#ifndef WITHIN_H
#define WITHIN_H

#include <limits.h>
#include <sys/types.h>

/* Open (O_PATH) an absolute path as the directory sees it, made where it is missing; -1 with errno. */
int within_directory(int root, const char *path);

/* The same with these permissions where it is missing. */
int within_made(int root, const char *path, mode_t mode);

/* The directory that a file of this machine, given by an absolute path, is in, and its name there. */
int within_parent(const char *path, char name[static NAME_MAX + 1]);

/* As within_directory for a file, opened with these flags. */
int within_file(int root, const char *path, int flags);

/* Show source at the target that fd is, with these mount flags, whatever is mounted below it left out; closes fd. */
int within_bind(int root, int fd, const char *source, const char *target, unsigned long flags);

/* Mount a file system there. */
int within_mount(int root, const char *target, const char *type, unsigned long flags, const char *options);

#endif
