// SPDX-License-Identifier: Apache-2.0
/* What works here, found out by trying it in a network namespace made for the purpose; never by version. */
#ifndef PROBE_H
#define PROBE_H

#include "reply.h"
#include "request.h"

/* The verb. */
int probe(struct request *request, struct reply *reply, struct failure *f);

/* Add ` name=yes` when rc is 0, otherwise ` name=no:ERRNO:MESSAGE`. For the probe function of a fault kind. */
void probe_result(struct reply *reply, const char *name, int rc, const struct failure *f);

#endif
