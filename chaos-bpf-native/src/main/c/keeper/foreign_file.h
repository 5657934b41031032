// SPDX-License-Identifier: Apache-2.0
/* A descriptor of another process, as far as an operation on it can be done by the keeper. */
#ifndef KEEPER_FOREIGN_FILE_H
#define KEEPER_FOREIGN_FILE_H

#include <stdbool.h>

struct foreign_file {
    int fd;     /* ours; -1: none */
    bool waits; /* a socket or a pipe: an operation on it waits until it is ready */
};

/*
 * gives: it is to be written to. None where who writes would show, or would matter: a Unix socket tells its peer; and
 * none where our buffers would not do, or what it is is not known.
 */
struct foreign_file foreign_file_open(int pidfd, int descriptor, bool gives);

#endif
