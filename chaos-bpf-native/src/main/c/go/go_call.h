// SPDX-License-Identifier: Apache-2.0
/* What `attach kind=gopanic` and `kind=godelay` ask for: calls of a Go function, in one process. */
#ifndef GO_CALL_H
#define GO_CALL_H

#include "choice.h"
#include "go_binary.h"
#include "go_site.h"
#include "request.h"
#include "target.h"

struct go_call {
    struct go_binary *binary;
    struct go_function function;
    struct go_site site;
    struct chaos_choice choice;
};

/*
 * Reads function= label= goroutine= and which calls (choice_options.h), and finds the function in the target's program.
 * Refuses a target that is not Go. Unknown keys are left to the caller.
 */
int go_call_open(struct request *request, const struct target *target, struct go_call *call, struct failure *f);
/* What of that a file can tell: binary=PATH has function= and goroutine=, and a panic can be raised in the former. */
int go_call_check(struct request *request, bool panic, struct failure *f);
void go_call_close(struct go_call *call);

#endif
