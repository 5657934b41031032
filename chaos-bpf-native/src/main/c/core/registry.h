// SPDX-License-Identifier: Apache-2.0
/* The faults that are attached now, by id. Callers hold the lock of chaosbpf_request(). */
#ifndef REGISTRY_H
#define REGISTRY_H

#include "reply.h"
#include "request.h"

int registry_attach(struct request *request, struct reply *reply, struct failure *f);
int registry_on(struct request *request, struct reply *reply, struct failure *f);
int registry_off(struct request *request, struct reply *reply, struct failure *f);
int registry_stats(struct request *request, struct reply *reply, struct failure *f);
int registry_detach(struct request *request, struct reply *reply, struct failure *f);
int registry_list(struct request *request, struct reply *reply, struct failure *f);

/* Switch all faults off for good, and wait for nothing. From any thread, without that lock. */
void registry_lift_all(void);

/* The same, and begin to take all apart (closing.h). */
void registry_detach_all(void);

#endif
