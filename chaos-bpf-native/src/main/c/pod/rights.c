// SPDX-License-Identifier: Apache-2.0
#include "rights.h"

#include <grp.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "contain.h"
#include "refused_calls.h"

/* For uid 0, execve() gives what is in the bounding set. */
static int bound(uint64_t capabilities)
{
    for (unsigned i = 0; prctl(PR_CAPBSET_READ, i, 0, 0, 0) >= 0; i++)
        if (!(capabilities >> i & 1) && prctl(PR_CAPBSET_DROP, i, 0, 0, 0))
            return -1;
    return 0;
}

static int inherit_none(void)
{
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct data[2];
    if (syscall(SYS_capget, &header, data))
        return -1;
    data[0].inheritable = data[1].inheritable = 0;
    return syscall(SYS_capset, &header, data) || prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) ? -1 : 0;
}

int rights_reduce(const struct plan *plan)
{
    uint32_t user = plan->user, group = plan->group;
    if (bound(plan->capabilities) || inherit_none())
        return contain_failed("giving up capabilities");
    if (setgroups(plan->group_count, plan->groups) || setresgid(group, group, group) || setresuid(user, user, user))
        return contain_failed("becoming another user");
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || refuse_calls())
        return contain_failed("refusing calls");
    return 0;
}
