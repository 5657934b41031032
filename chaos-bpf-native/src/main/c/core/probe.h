// SPDX-License-Identifier: Apache-2.0
/* What works here, found out by trying it in a network namespace made for the purpose; never by version. */
#ifndef PROBE_H
#define PROBE_H

#include "reply.h"
#include "request.h"

/* The verb. */
int probe(struct request *request, struct reply *reply, struct failure *f);

#endif
