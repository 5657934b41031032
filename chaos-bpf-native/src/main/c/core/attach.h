// SPDX-License-Identifier: Apache-2.0
/* From a request to a fault: its kind, and the first of the kind's mechanisms that can do what is asked for. */
#ifndef ATTACH_H
#define ATTACH_H

#include "fault.h"

/*
 * Adds mechanism= to the reply and, where earlier mechanisms were refused, refused=NAME: WHY; NAME: WHY. NULL with the
 * failure filled in, which names all that was tried.
 */
struct fault *attach_fault(struct request *request, struct reply *reply, struct failure *f);

/* What of a request can be refused by a look at the program's file, binary=PATH, before it runs. */
int attach_check(struct request *request, struct failure *f);

/* Close and free it, which may take long. It has to be off. */
void detach_fault(struct fault *fault);

#endif
