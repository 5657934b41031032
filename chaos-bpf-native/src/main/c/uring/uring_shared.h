// SPDX-License-Identifier: Apache-2.0
/*
 * A fault on io_uring as the agent and the keeper (keeper/keeper.h) share it: in a memfd that the agent makes. The
 * agent switches and renews the lease, the keeper looks and counts, as BPF programs do with theirs.
 *
 * By DIRECTORY/control.sock (SOCK_SEQPACKET), one connection a fault: the agent sends URING_FAULT with two descriptors,
 * the memfd and a pidfd of the target, then URING_RELEASE whenever all that is held has to go on. Each is answered with
 * "ok", or with "CODE TEXT" of a failure. The end of the connection is the end of the fault.
 */
#ifndef URING_SHARED_H
#define URING_SHARED_H

#include "chaos.h"
#include "container.h"
#include "hist_buckets.h"
#include "uring_options.h"

#define URING_FAULT "fault"
#define URING_RELEASE "release"

struct uring_shared {
    struct chaos_control control;
    struct uring_options options;
    char container[CONTAINER_ID_LENGTH + 1]; /* empty: whatever is in the target's pid namespace */
    __u64 chosen;                            /* of the choice */
    __u64 taken;                             /* out of their ring, and late by themselves */
    __u64 held;                              /* late together with the call that submits them, and so with its ring */
    __u64 skipped;                           /* in rings that are out of reach */
    __u64 cut;                               /* held ones that went on early */
    __u64 rings; /* asked for since the processes started, as of attach or the latest lift */
    struct hist delay_hist, error_hist;
};

#endif
