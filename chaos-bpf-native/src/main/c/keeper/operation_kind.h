// SPDX-License-Identifier: Apache-2.0
/* What the keeper has to know of the operations that it can do for others. */
#ifndef KEEPER_OPERATION_KIND_H
#define KEEPER_OPERATION_KIND_H

#include <stdbool.h>
#include <stdint.h>

struct operation_kind {
    bool known;
    bool gives, gets; /* data: from the process, to the process */
    bool vector;      /* its memory is an array of iovec */
    bool message;     /* its memory is a msghdr */
    bool socket;      /* for sockets only */
};

const struct operation_kind *operation_kind_of(uint8_t opcode);

#endif
