// SPDX-License-Identifier: Apache-2.0
#include "go_rest.h"

#include <sys/ptrace.h>

#include "clock.h"

void go_rest_begin(struct go_rest *rest, pid_t thread, uint64_t until_ns)
{
    if (rest->count == GO_REST_MAX) {
        ptrace(PTRACE_CONT, thread, 0, 0);
        return;
    }
    rest->resting[rest->count].thread = thread;
    rest->resting[rest->count++].until_ns = until_ns;
}

int64_t go_rest_end(struct go_rest *rest)
{
    int left = 0;
    int64_t next = -1;
    for (int i = 0; i < rest->count; i++) {
        int64_t wait = (int64_t)(rest->resting[i].until_ns - clock_now_ns());
        if (wait <= 0) {
            ptrace(PTRACE_CONT, rest->resting[i].thread, 0, 0);
            continue;
        }
        next = next < 0 || wait < next ? wait : next;
        rest->resting[left++] = rest->resting[i];
    }
    rest->count = left;
    return next;
}
