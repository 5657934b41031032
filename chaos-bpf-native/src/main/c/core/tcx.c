// SPDX-License-Identifier: Apache-2.0
#include "tcx.h"

#include <errno.h>
#include <unistd.h>

#include "bpf_call.h"

enum { TCX_INGRESS = 46, TCX_EGRESS = 47 }; /* enum bpf_attach_type of Linux 6.6 and later */
#define BEFORE_ALL (1 << 3)                 /* BPF_F_BEFORE; 0: after all */

static int attach(struct hooked *hooked, int program, enum hook_place place, struct failure *f)
{
    bool egress = hooked->side == HOOK_EGRESS;
    hooked->fd =
        device_link(program, hooked->ifindex, egress ? TCX_EGRESS : TCX_INGRESS, place == HOOK_FIRST ? BEFORE_ALL : 0);
    if (hooked->fd >= 0)
        return 0;
    const char *side = egress ? "egress" : "ingress";
    if (errno == EINVAL)
        return fail_errno(f, UNSUPPORTED, "tcx %s link on interface %d (tcx needs Linux 6.6 or later)", side,
                          hooked->ifindex);
    return fail_errno(f, errno == ENODEV ? NO_TARGET : FAILED, "tcx %s link on interface %d", side, hooked->ifindex);
}

static void detach(struct hooked *hooked)
{
    close(hooked->fd);
}

const struct hook tcx_hook = {.name = "tcx", .attach = attach, .close = detach};
