// SPDX-License-Identifier: Apache-2.0
/* For tests and benchmarks of faults in Go programs: one of src/test/go/cmd, running. */
#ifndef GO_TARGET_H
#define GO_TARGET_H

#include <stdint.h>
#include <sys/types.h>

struct go_target {
    pid_t pid;
    int in, out;
    char answer[512]; /* to the latest command */
};

/* variant: such as "probed" or "probed-pie", in the directory CHAOS_GO_TARGETS. It dies with us. */
struct go_target go_target_start(const char *variant);
void go_target_end(struct go_target *target);

/* A command and its answer. */
__attribute__((format(printf, 2, 3))) const char *go_target_ask(struct go_target *target, const char *format, ...);

/* The same in two steps, for what takes long. */
__attribute__((format(printf, 2, 3))) void go_target_tell(struct go_target *target, const char *format, ...);
const char *go_target_hear(struct go_target *target);

/* Whether an answer comes within some time. */
int go_target_hears_within(struct go_target *target, int ms);

/* For the table of kernels, on a line of its own: by which mechanism a fault was attached, or -1 and why it was
 * refused. */
int go_target_mechanism(const char *attach_reply);

/* Of ` key=LOWER_BOUND:COUNT,…` in a reply: how many in all, and the lower bound below which a share q lies. */
uint64_t hist_total(const char *reply, const char *key);
uint64_t hist_quantile(const char *reply, const char *key, double q);

#endif
