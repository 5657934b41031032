// SPDX-License-Identifier: Apache-2.0
#include "contain.h"

#include <stdio.h>

#include "cgroup.h"
#include "plan.h"
#include "program.h"
#include "root.h"

int contain_failed(const char *what)
{
    fprintf(stderr, "chaos-agent contain: %s: %m\n", what);
    return -1;
}

int contain_main(const char *path, const char *directory)
{
    struct plan plan;
    if (plan_read(&plan, path))
        return 1;
    int root = root_make(directory, &plan); /* which is not charged to the container: it has no limits yet */
    if (root < 0 || cgroup_enter(plan.limits) || root_enter(root))
        return 1;
    return program_become(&plan);
}
