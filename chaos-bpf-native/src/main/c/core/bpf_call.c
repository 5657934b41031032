// SPDX-License-Identifier: Apache-2.0
#include "bpf_call.h"

#include <linux/bpf.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static long bpf(int command, union bpf_attr *attributes)
{
    return syscall(SYS_bpf, command, attributes, sizeof *attributes);
}

int device_link(int program, int ifindex, uint32_t type, uint32_t flags)
{
    union bpf_attr attributes;
    memset(&attributes, 0, sizeof attributes);
    attributes.link_create.prog_fd = (uint32_t)program;
    attributes.link_create.target_ifindex = (uint32_t)ifindex;
    attributes.link_create.attach_type = type;
    attributes.link_create.flags = flags;
    return (int)bpf(BPF_LINK_CREATE, &attributes);
}

int perf_event_attach(int program, int event, uint64_t cookie, struct failure *f)
{
    union bpf_attr attributes;
    memset(&attributes, 0, sizeof attributes);
    attributes.link_create.prog_fd = (uint32_t)program;
    attributes.link_create.target_fd = (uint32_t)event;
    attributes.link_create.attach_type = BPF_PERF_EVENT;
    attributes.link_create.perf_event.bpf_cookie = cookie;
    long link = bpf(BPF_LINK_CREATE, &attributes);
    return link >= 0 ? (int)link : fail_errno(f, UNSUPPORTED, "BPF link to a perf event (needs Linux 5.15 or later)");
}

int map_next_key(int map, const void *key, void *next)
{
    union bpf_attr attributes;
    memset(&attributes, 0, sizeof attributes);
    attributes.map_fd = (uint32_t)map;
    attributes.key = (uintptr_t)key;
    attributes.next_key = (uintptr_t)next;
    return (int)bpf(BPF_MAP_GET_NEXT_KEY, &attributes);
}

int map_lookup(int map, const void *key, void *value)
{
    union bpf_attr attributes;
    memset(&attributes, 0, sizeof attributes);
    attributes.map_fd = (uint32_t)map;
    attributes.key = (uintptr_t)key;
    attributes.value = (uintptr_t)value;
    return (int)bpf(BPF_MAP_LOOKUP_ELEM, &attributes);
}

int map_insert(int map, const void *key, const void *value)
{
    union bpf_attr attributes;
    memset(&attributes, 0, sizeof attributes);
    attributes.map_fd = (uint32_t)map;
    attributes.key = (uintptr_t)key;
    attributes.value = (uintptr_t)value;
    attributes.flags = BPF_NOEXIST;
    return (int)bpf(BPF_MAP_UPDATE_ELEM, &attributes);
}

int map_delete(int map, const void *key)
{
    union bpf_attr attributes;
    memset(&attributes, 0, sizeof attributes);
    attributes.map_fd = (uint32_t)map;
    attributes.key = (uintptr_t)key;
    return (int)bpf(BPF_MAP_DELETE_ELEM, &attributes);
}
