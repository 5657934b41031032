// SPDX-License-Identifier: Apache-2.0
#include "uprobe.h"

#include <errno.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "bpf_call.h"

#define TYPE_FILE "/sys/bus/event_source/devices/uprobe/type"

/* The kernel numbers this kind of event anew at each boot. */
static int event_type(uint32_t *type, struct failure *f)
{
    FILE *file = fopen(TYPE_FILE, "re");
    int read = file ? fscanf(file, "%u", type) : 0;
    if (file)
        fclose(file);
    return read == 1 ? 0
                     : fail(f, UNSUPPORTED, ENOENT, "uprobes: %s is missing: no CONFIG_UPROBES, or no /sys", TYPE_FILE);
}

static int open_event(pid_t pid, uint64_t offset, struct failure *f)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/exe", pid);
    struct perf_event_attr attributes = {.size = sizeof attributes, .uprobe_path = (uintptr_t)path};
    attributes.probe_offset = offset;
    if (event_type(&attributes.type, f))
        return -1;
    long event = syscall(SYS_perf_event_open, &attributes, pid, -1, -1, PERF_FLAG_FD_CLOEXEC);
    if (event >= 0)
        return (int)event;
    return fail_errno(f, errno == ESRCH ? NO_TARGET : UNSUPPORTED, "uprobe at offset %#lx of %s", (unsigned long)offset,
                      path);
}

int uprobe_attach(int program, pid_t pid, uint64_t offset, struct failure *f)
{
    int event = open_event(pid, offset, f);
    if (event < 0)
        return -1;
    int link = perf_event_attach(program, event, f);
    close(event); /* the link keeps it */
    return link;
}
