// SPDX-License-Identifier: Apache-2.0
#include "program.h"

#include <linux/close_range.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "rights.h"

extern char **environ;

int program_become(const struct plan *plan)
{
    syscall(SYS_close_range, 3, ~0u, CLOSE_RANGE_CLOEXEC); /* no descriptor leads out of the program */
    setsid();                                              /* nor a terminal */
    if (rights_reduce(plan))
        return 1;
    if (chdir(plan->cwd)) {
        fprintf(stderr, "chaos-agent: the working directory %s: %m\n", plan->cwd);
        return 1;
    }
    environ = plan->environment;
    execvp(plan->arguments[0], plan->arguments);
    fprintf(stderr, "chaos-agent: %s: %m\n", plan->arguments[0]);
    return 127;
}
