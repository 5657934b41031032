// SPDX-License-Identifier: Apache-2.0
#include "go_hold.h"

#include <unistd.h>

#include "lease.h"

typedef int attach_function(const struct go_delay *wanted, pid_t pid, struct go_hold *hold, struct failure *f);

/* Nothing acts before `on`, so the lease may come last. */
static int attach_leased(attach_function *attach, const struct go_delay *wanted, pid_t pid, struct go_hold *hold,
                         struct failure *f)
{
    *hold = (struct go_hold){.links = {-1, -1}};
    if (!attach(wanted, pid, hold, f) && !lease_hold(hold->control, f))
        return 0;
    go_hold_detach(hold);
    return -1;
}

int go_hold_attach(const struct go_delay *wanted, pid_t pid, struct go_hold *hold, struct failure *f)
{
    struct failure not_here;
    return attach_leased(go_yield_attach, wanted, pid, hold, &not_here)
               ? attach_leased(go_spin_attach, wanted, pid, hold, f)
               : 0;
}

void go_hold_detach(struct go_hold *hold)
{
    for (int i = 1; i >= 0; i--)
        if (hold->links[i] >= 0)
            close(hold->links[i]);
    if (hold->control)
        lease_release(hold->control);
    if (hold->skeleton)
        hold->destroy(hold->skeleton);
}
