// SPDX-License-Identifier: Apache-2.0
/* The seccomp profile of a container, in the text of its config.json as the OCI runtime specification has it. */
#ifndef PROFILE_H
#define PROFILE_H

#include <stdbool.h>

/*
 * The configuration with a listener for io_uring_setup and, if asked for, io_uring_enter, in new memory; or NULL, and
 * why the container is left as it is. A profile is never widened: a call that it refuses stays refused.
 */
char *profile_with_listener(const char *config, const char *socket, bool enter, const char **why);

#endif
