// SPDX-License-Identifier: Apache-2.0
/*
 * How far a Go program goes on while some of its goroutines are held: how long the world is stopped, and how long
 * goroutines that can run wait until they do. Only looks; a program without these functions of the runtime is watched
 * as far as it has them.
 */
#ifndef GO_WATCH_H
#define GO_WATCH_H

#include "go_binary.h"
#include "reply.h"

struct go_watch;

/* Begins at once with what is before the fault. */
struct go_watch *go_watch_open(const struct go_binary *binary, pid_t pid, struct failure *f);
void go_watch_close(struct go_watch *watch);
uint64_t go_watch_closing_ms(const struct go_watch *watch); /* of uprobe.h */

/* Adds observed=gc_pause,sched, as far as the program has the functions. */
void go_watch_reply(const struct go_watch *watch, struct reply *reply);

/* From now on is during the fault; from now on is after it, which is not recorded. */
void go_watch_on(struct go_watch *watch);
void go_watch_off(struct go_watch *watch);

/* Adds gc_pause_before_hist, gc_pause_hist, sched_before_hist, sched_hist, of what is observed: microseconds. */
void go_watch_stats(const struct go_watch *watch, struct reply *reply);

#endif
