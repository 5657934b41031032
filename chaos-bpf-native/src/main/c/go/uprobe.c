// SPDX-License-Identifier: Apache-2.0
#include "uprobe.h"

#include <errno.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "bpf_call.h"
#include "uprobe_multi.h"

#define EXECUTABLE "/proc/%d/exe"
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
    snprintf(path, sizeof path, EXECUTABLE, pid);
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

/* By a perf event; the link keeps it. */
static int attach_one(int program, pid_t pid, const struct uprobe_point *point, struct failure *f)
{
    int event = open_event(pid, point->offset, f);
    if (event < 0)
        return -1;
    int link = perf_event_attach(program, event, point->cookie, f);
    close(event);
    return link;
}

static int attach_each(struct uprobe *uprobe, int program, pid_t pid, const struct uprobe_point *points, int count,
                       struct failure *f)
{
    for (; uprobe->count < count; uprobe->count++) {
        int link = attach_one(program, pid, &points[uprobe->count], f);
        if (link < 0) {
            uprobe_detach(uprobe);
            return -1;
        }
        uprobe->links[uprobe->count] = link;
    }
    return 0;
}

static int attach_all(struct uprobe *uprobe, int program, pid_t pid, const struct uprobe_point *points, int count,
                      struct failure *f)
{
    char path[64];
    snprintf(path, sizeof path, EXECUTABLE, pid);
    uprobe->links[0] = uprobe_multi_attach(program, pid, path, points, count);
    uprobe->count = uprobe->links[0] >= 0;
    if (uprobe->count)
        return 0;
    return fail_errno(f, errno == ESRCH || errno == ENOENT ? NO_TARGET : UNSUPPORTED,
                      "uprobes at offset %#lx and %d more of %s", (unsigned long)points[0].offset, count - 1, path);
}

int uprobe_attach(struct uprobe *uprobe, int program, pid_t pid, const struct uprobe_point *points, int count,
                  struct failure *f)
{
    uprobe->count = 0;
    if (!count)
        return 0;
    return uprobe_multi_works() ? attach_all(uprobe, program, pid, points, count, f)
                                : attach_each(uprobe, program, pid, points, count, f);
}

void uprobe_detach(struct uprobe *uprobe)
{
    while (uprobe->count > 0)
        close(uprobe->links[--uprobe->count]);
}

uint64_t uprobe_closing_ms(const struct uprobe *uprobe)
{
    return (uint64_t)uprobe->count * 2000;
}
