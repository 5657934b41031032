// SPDX-License-Identifier: Apache-2.0
/* The workload of workload/uring_workload.c in a pid namespace of its own, to be faulted. */
#ifndef URING_TARGET_H
#define URING_TARGET_H

#include <stdbool.h>
#include <sys/types.h>

struct uring_target {
    pid_t pid;
    int in, out;
};

/* launch: words before the program, such as `chaos-agent launch DIRECTORY --`, up to a NULL. Exits when it cannot. */
struct uring_target uring_target_start(const char *const *launch);

/* A keeper, which dies with us. */
pid_t uring_keeper_start(const char *directory);

/* Kills a keeper, and removes its sockets and their directory. */
void uring_keeper_end(pid_t keeper, const char *directory);

/* With a listener of that keeper, for io_uring_enter too or for io_uring_setup alone. */
struct uring_target uring_target_launch(const char *directory, bool enter);

void uring_target_end(struct uring_target *target);

/* The number of its pid namespace. */
ino_t uring_target_namespace(const struct uring_target *target);

/* One command, one answer; valid until the next. NULL after five seconds without one. */
const char *uring_target_ask(const struct uring_target *target, const char *command);

/* The answer to a command that was sent already; "no answer" after five seconds without one. */
const char *uring_target_next(const struct uring_target *target);

#endif
