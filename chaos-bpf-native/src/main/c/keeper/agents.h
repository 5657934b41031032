// SPDX-License-Identifier: Apache-2.0
/* The connections of agents: each is a fault, from when it is sent until the connection ends. */
#ifndef KEEPER_AGENTS_H
#define KEEPER_AGENTS_H

#include "faults.h"

/* An agent connects. Closed at once where it is not to be trusted. */
void agents_accept(int connection);

/* It has sent something, or its connection has ended, and with it the fault. */
void agents_receive(struct keeper_fault *fault);

#endif
