// SPDX-License-Identifier: Apache-2.0
#include "uprobe_multi.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "uprobe_skeleton.h"

#undef bpf_load_and_run

#define UPROBE_MULTI 48 /* BPF_TRACE_UPROBE_MULTI of Linux 6.6 */

/* Of union bpf_attr as Linux 6.6 has it; this machine's headers may be older. */
struct multi_link {
    uint32_t program, target, attach_type, flags;
    uint64_t path, offsets, reference_counters, cookies;
    uint32_t count, multi_flags, pid, reserved;
};

static int create(int program, const char *path, const uint64_t *offsets, const uint64_t *cookies, int count, pid_t pid)
{
    struct multi_link link = {.program = (uint32_t)program,
                              .attach_type = UPROBE_MULTI,
                              .path = (uintptr_t)path,
                              .offsets = (uintptr_t)offsets,
                              .cookies = (uintptr_t)cookies,
                              .count = (uint32_t)count,
                              .pid = (uint32_t)pid};
    return (int)syscall(SYS_bpf, BPF_LINK_CREATE, &link, sizeof link);
}

int uprobe_multi_attach(int program, pid_t pid, const char *path, const struct uprobe_point *points, int count)
{
    uint64_t offsets[UPROBE_MAX_POINTS], cookies[UPROBE_MAX_POINTS];
    for (int i = 0; i < count; i++) {
        offsets[i] = points[i].offset;
        cookies[i] = points[i].cookie;
    }
    return create(program, path, offsets, cookies, count, pid);
}

static int load_empty_program(void)
{
    const struct bpf_insn code[] = {{.code = BPF_ALU64 | BPF_MOV | BPF_K}, {.code = BPF_JMP | BPF_EXIT}};
    union bpf_attr attributes;
    memset(&attributes, 0, sizeof attributes);
    attributes.prog_type = BPF_PROG_TYPE_KPROBE;
    attributes.expected_attach_type = UPROBE_MULTI;
    attributes.insns = (uintptr_t)code;
    attributes.insn_cnt = sizeof code / sizeof *code;
    attributes.license = (uintptr_t)"GPL";
    return (int)syscall(SYS_bpf, BPF_PROG_LOAD, &attributes, sizeof attributes);
}

static bool refuses(int program, pid_t pid, int with)
{
    const uint64_t nowhere = 0;
    return create(program, "/", &nowhere, &nowhere, 1, pid) < 0 && errno == with;
}

/* A directory cannot be probed; who has this error knows such links. Who refuses pid -1 before that holds them to a
 * process. */
bool uprobe_multi_works(void)
{
    static enum { UNKNOWN, NO, YES } works;
    if (works == UNKNOWN) {
        int program = load_empty_program();
        works = program >= 0 && refuses(program, 0, EBADF) && refuses(program, -1, EINVAL) ? YES : NO;
        if (program >= 0)
            close(program);
    }
    return works == YES;
}

/* In the loader's data, aligned to 8 bytes: all that it will add to such an attribute is empty as yet. */
static bool is_probe(const union bpf_attr *attributes)
{
    const char *name = attributes->prog_name;
    return attributes->prog_type == BPF_PROG_TYPE_KPROBE && attributes->insn_cnt && !attributes->insns &&
           !attributes->license && !attributes->log_buf && !attributes->expected_attach_type && *name &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz_") == strnlen(name, sizeof attributes->prog_name);
}

int uprobe_load_and_run(struct bpf_load_and_run_opts *options)
{
    char *data = uprobe_multi_works() ? malloc(options->data_sz) : NULL;
    if (!data)
        return bpf_load_and_run(options);
    memcpy(data, options->data, options->data_sz);
    const size_t used = offsetof(union bpf_attr, expected_attach_type) + sizeof(uint32_t);
    for (size_t at = 0; at + used <= options->data_sz; at += 8)
        if (is_probe((union bpf_attr *)(data + at)))
            ((union bpf_attr *)(data + at))->expected_attach_type = UPROBE_MULTI;
    struct bpf_load_and_run_opts corrected = *options;
    corrected.data = data;
    int rc = bpf_load_and_run(&corrected);
    options->errstr = corrected.errstr;
    free(data);
    return rc;
}
