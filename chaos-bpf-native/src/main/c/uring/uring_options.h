// SPDX-License-Identifier: Apache-2.0
/* What `attach kind=iouringfault` asks for: operation= action= errno= latency_us= jitter_us=, and which calls. */
#ifndef URING_OPTIONS_H
#define URING_OPTIONS_H

#include <stdint.h>

#include "choice.h"
#include "request.h"

enum uring_operation { URING_SETUP, URING_ENTER, URING_OPCODE };
enum uring_action { URING_ERROR, URING_DELAY, URING_DROP };

struct uring_options {
    enum uring_operation operation;
    uint8_t opcode; /* of URING_OPCODE: IORING_OP_… */
    enum uring_action action;
    int error;                   /* of URING_ERROR: a positive errno */
    __u64 latency_ns, jitter_ns; /* of URING_DELAY; of URING_ERROR 0 for at once */
    struct chaos_choice choice;
};

/* Leaves unknown keys to the caller. */
int uring_options_parse(struct request *request, struct uring_options *options, struct failure *f);

/* "setup", "enter", "read", … */
const char *uring_operation_name(const struct uring_options *options);

#endif
