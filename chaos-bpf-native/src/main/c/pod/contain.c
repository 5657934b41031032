// SPDX-License-Identifier: Apache-2.0
#include "contain.h"

#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "cgroup.h"
#include "plan.h"
#include "rights.h"
#include "root.h"

extern char **environ;

int contain_main(const char *path, const char *directory)
{
    struct plan plan;
    if (plan_read(&plan, path))
        return 1;
    int root = root_make(directory, &plan); /* which is not charged to the container: it has no limits yet */
    if (root < 0 || cgroup_enter(plan.limits) || root_enter(root))
        return 1;
    syscall(SYS_close_range, 3, ~0u, 0); /* no descriptor leads out */
    setsid();                            /* nor a terminal */
    if (rights_reduce(&plan))
        return 1;
    if (chdir(plan.cwd)) {
        fprintf(stderr, "chaos-agent contain: the working directory %s: %m\n", plan.cwd);
        return 1;
    }
    environ = plan.environment;
    execvp(plan.arguments[0], plan.arguments);
    fprintf(stderr, "chaos-agent contain: %s: %m\n", plan.arguments[0]);
    return 127;
}
