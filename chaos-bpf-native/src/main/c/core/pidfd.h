// SPDX-License-Identifier: Apache-2.0
/* A process by descriptor: of this one, never of another that has taken its number. */
#ifndef PIDFD_H
#define PIDFD_H

#include <stdbool.h>
#include <sys/types.h>

#include "failure.h"

/* Close-on-exec; -1 with a failure: no_target where there is no such process. */
int pidfd_open_process(pid_t pid, struct failure *f);

/* Also where it is not waited for yet. */
bool pidfd_has_ended(int pidfd);

#endif
