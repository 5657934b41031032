// SPDX-License-Identifier: Apache-2.0
/*
 * Operations that were taken out of the rings of others. Each is late by itself, is done when it is due, and completes
 * by a message to the ring that it came from; so none holds another. They are kept here, in the process that outlives
 * agents: when a fault ends, however it does, what it has taken is late no longer.
 */
#ifndef KEEPER_TAKEN_H
#define KEEPER_TAKEN_H

#include "faults.h"
#include "operation.h"
#include "origin.h"

#define MAX_TAKEN 2048
#define MAX_TAKEN_OF_ONE 512               /* listener */
#define MAX_TAKEN_BYTES_OF_ONE (32u << 20) /* that its operations may need */

enum stage {
    FREE,
    AWAITS, /* for its file to be ready */
    RESTS,  /* until it is due */
    RUNS,
    SAYS, /* its result */
};

struct taken {
    enum stage stage;
    uint32_t round; /* tells apart who has had this slot */
    struct origin *origin;
    struct keeper_fault *fault; /* NULL: over, so it is late no longer */
    struct operation operation;
    bool fails;     /* with result, without being done */
    bool under_way; /* our ring holds something of it */
    bool unwanted;  /* nobody waits for it any more */
    uint64_t delay_ns, ready_ns, due_ns, say_until_ns;
    int result;
};

/* How an operation is late: by so much, as one that fails with an errno or, for 0, is done. */
struct lateness {
    uint64_t delay_ns;
    int error;
    struct keeper_fault *fault;
};

/* Take one. False if it cannot be, or too many are: then nothing has happened. */
bool taken_add(struct origin *origin, const struct io_uring_sqe *entry, const struct asker *asker,
               const struct lateness *lateness, uint64_t now_ns);

/* Say a result in an operation's stead, at once. */
bool taken_say(struct origin *origin, uint64_t user_data, int result);

/* Whether anything of a listener is kept. */
bool taken_any(const struct listener *listener);

/* The n-th slot, of a number that is no larger than the highest in use. */
int taken_slots(void);
struct taken *taken_at(int n);

/* End it as if the process had cancelled it: 0, -EALREADY where it is being done, or -ENOENT. */
int taken_cancel(struct taken *taken);

/* Do what is due. Returns when the next one is, 0 for none. */
uint64_t taken_expire(uint64_t now_ns);

/* Go on with what our ring has completed. */
void taken_reap(void);

/* What a fault has taken is late no longer. */
void taken_release(const struct keeper_fault *fault);

/* Nobody waits any more: the processes of a listener have ended, or a ring was closed. */
void taken_forget(const struct listener *listener);
void taken_forget_closed_rings(void);

#endif
