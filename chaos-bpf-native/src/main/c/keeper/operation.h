// SPDX-License-Identifier: Apache-2.0
/*
 * An operation that was taken from another process's ring, to be done here instead: on a descriptor of ours for its
 * file, and with its memory read and written from outside.
 */
#ifndef KEEPER_OPERATION_H
#define KEEPER_OPERATION_H

#include <linux/io_uring.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/uio.h>

#define MOST_BYTES (1u << 20) /* of one operation */
#define MOST_PARTS 1024       /* UIO_MAXIOV */

struct operation {
    struct io_uring_sqe entry; /* as it was submitted */
    int file;                  /* -1: it has none */
    bool waits;                /* for its file to be ready, before it is late */
    uint32_t size;             /* of its data */
    char *buffer;              /* ours, once it is begun */
    struct iovec *parts;       /* of the process's memory */
    uint32_t n_parts;
    struct msghdr message; /* of RECVMSG and SENDMSG */
    uint64_t name_address; /* in the process; 0: it wants none */
    socklen_t name_room;
    struct sockaddr_storage name;
    struct iovec whole;
    uint64_t expires_ns; /* TIMEOUT: when it would by itself */
};

/* Who asks: a thread that waits for its answer, and a pidfd of it. */
struct asker {
    pid_t thread;
    int pidfd;
};

/* Whether an entry, by itself, is one that can be done elsewhere. */
bool operation_can_be_taken(const struct io_uring_sqe *entry);

/* Learn all that is needed to do it later. False, with nothing kept, if it cannot be done here after all. */
bool operation_open(struct operation *operation, const struct io_uring_sqe *entry, const struct asker *asker);
void operation_close(struct operation *operation);

/* By our own ring, with a tag: wait for its file to be ready; do it. 0, or a negative errno that is its result. */
int operation_await(const struct operation *operation, uint64_t tag);
int operation_begin(struct operation *operation, pid_t pid, uint64_t tag);

/* It has completed here: give the process what belongs to it. The result that it is to see. */
int operation_end(struct operation *operation, pid_t pid, int result);

#endif
