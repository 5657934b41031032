// SPDX-License-Identifier: Apache-2.0
#include "probe.h"

#include <errno.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "netns.h"
#include "registry.h"
#include "thread.h"

void probe_result(struct reply *reply, const char *name, int rc, const struct failure *f)
{
    if (rc)
        reply_word(reply, name, "no:%s:%s", errno_name(f->err), f->msg);
    else
        reply_word(reply, name, "yes");
}

/* The thread ends with the probe, and takes its policy and its namespace along. */
static int probe_here(void *arg, struct failure *f)
{
    struct reply *reply = arg;
    int err = thread_become_real_time("chaos-probe", 1);
    if (err)
        fail(f, DENIED, err, "SCHED_FIFO needs CAP_SYS_NICE; without it the tail of the delay error grows");
    probe_result(reply, "rt", err, f);

    int self = (int)syscall(SYS_pidfd_open, getpid(), 0);
    int rc = self < 0 || setns(self, CLONE_NEWNET) ? fail_errno(f, FAILED, "setns by pidfd") : 0;
    probe_result(reply, "setns", rc, f);
    if (self >= 0)
        close(self);
    return 0;
}

static int probe_kinds(void *arg, struct failure *f)
{
    (void)f;
    registry_probe(arg);
    return 0;
}

int probe(struct request *request, struct reply *reply, struct failure *f)
{
    if (request_refuse_unknown(request, f))
        return -1;
    int rc = netns_run_private(probe_kinds, reply, f);
    probe_result(reply, "netns", rc, f);
    rc = netns_run_private(probe_here, reply, f);
    if (rc)
        probe_result(reply, "setns", rc, f);
    return 0;
}
