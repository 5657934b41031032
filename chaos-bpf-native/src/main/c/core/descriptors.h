// SPDX-License-Identifier: Apache-2.0
/* Messages with file descriptors over Unix sockets. */
#ifndef DESCRIPTORS_H
#define DESCRIPTORS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#define DESCRIPTORS_MAX 4

/* Bind (and listen, without blocking) at, or connect to, a path. A socket, close-on-exec; -1 with errno. */
int descriptors_listen(const char *path, int type, mode_t mode);
int descriptors_connect(const char *path, int type);

/* Send bytes with n descriptors; 0, or -1 with errno. */
int descriptors_send(int socket, const char *bytes, size_t size, const int *descriptors, int n);

/* Receive bytes and up to n descriptors, at most DESCRIPTORS_MAX; -1 where fewer came. As read(2). */
ssize_t descriptors_receive(int socket, char *bytes, size_t size, int *descriptors, int n);

/* Whether the kernel calls a descriptor so: `anon_inode:[io_uring]`. No file can have such a name. */
bool descriptors_is(int descriptor, const char *kind);

void descriptors_close(const int *descriptors, int n);

/* In a forked child: close all but these, in any order; -1 is none. A file that the helper closes must not stay open.
 */
void descriptors_keep(const int *kept, int n);

#endif
