// SPDX-License-Identifier: Apache-2.0
/* A client of the relay: what its carrier brings goes to the streams that it names. */
#ifndef RELAY_CLIENT_H
#define RELAY_CLIENT_H

#include "relay_target.h"

/* Serve a connection until it ends, and all its streams with it. */
void relay_client_start(int fd, const struct relay_target *targets, int count);

#endif
