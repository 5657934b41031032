// SPDX-License-Identifier: Apache-2.0
/* Completions that the keeper puts into the rings of others. */
#ifndef KEEPER_MESSAGE_H
#define KEEPER_MESSAGE_H

#include <stdbool.h>
#include <stdint.h>

/* A completion for a ring (a descriptor of ours). What comes of it is a completion here, with the tag. */
bool message_send(int ring, uint64_t user_data, int result, uint64_t tag);

/* Ask our ring to give up what it does with a tag. */
void message_cancel(uint64_t tag);

#endif
