// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Operations fail, or come late: at the security hooks that they pass while io_uring issues them. The same hooks are
 * passed by plain system calls, so it is noted which request a thread is issuing.
 */
#include "uring_call.bpf.h"

#define NONBLOCK (1u << 31) /* IO_URING_F_NONBLOCK: whoever submitted is waiting */
#define EAGAIN 11
#define MAX_RETRIED 4096

struct io_kiocb___opcode {
    __u8 opcode;
} __attribute__((preserve_access_index));

/* The request that a thread is issuing, if it is one that matches. */
struct issued {
    __u64 request; /* 0: none */
    __u64 n;
    __u32 flags;
    bool taken;
};

struct {
    __uint(type, BPF_MAP_TYPE_TASK_STORAGE);
    __uint(map_flags, BPF_F_NO_PREALLOC);
    __type(key, int);
    __type(value, struct issued);
} threads SEC(".maps");

/* Requests that will be issued again, by address: they are not chosen anew. */
struct {
    __uint(type, BPF_MAP_TYPE_LRU_HASH);
    __uint(max_entries, MAX_RETRIED);
    __type(key, __u64);
    __type(value, struct issued);
} retried SEC(".maps");

static __always_inline void choose(struct issued *issued, __u64 request, __u32 flags)
{
    struct issued *before = bpf_map_lookup_elem(&retried, &request);
    issued->flags = flags;
    if (before) {
        issued->n = before->n;
        issued->taken = before->taken;
    } else {
        issued->taken = uring_takes(bpf_ktime_get_ns(), &issued->n);
    }
    issued->request = request;
}

SEC("fentry/io_issue_sqe")
int BPF_PROG(issue_begins, struct io_kiocb___opcode *request, unsigned int flags)
{
    if (uring_idle() || !uring_is_meant())
        return 0;
    if (control.mode == CHAOS_ON)
        __sync_fetch_and_add(&control.seen, 1);
    if (BPF_CORE_READ(request, opcode) != options.opcode)
        return 0;
    struct issued *issued =
        bpf_task_storage_get(&threads, bpf_get_current_task_btf(), NULL, BPF_LOCAL_STORAGE_GET_F_CREATE);
    if (issued)
        choose(issued, (__u64)request, flags);
    return 0;
}

SEC("fexit/io_issue_sqe")
int BPF_PROG(issue_ends, struct io_kiocb___opcode *unused, unsigned int flags, int ret)
{
    struct issued *issued = bpf_task_storage_get(&threads, bpf_get_current_task_btf(), NULL, 0);
    if (!issued || !issued->request)
        return 0;
    __u64 request = issued->request;
    if (ret == -EAGAIN)
        bpf_map_update_elem(&retried, &request, issued, BPF_ANY);
    else
        bpf_map_delete_elem(&retried, &request);
    issued->request = 0;
    return 0;
}

/* A request that is to be late is first sent to a worker, so that whoever submits it is not held with it. */
static __always_inline int decide(void)
{
    if (uring_idle() || !uring_is_meant())
        return 0;
    struct issued *issued = bpf_task_storage_get(&threads, bpf_get_current_task_btf(), NULL, 0);
    if (!issued || !issued->request || !issued->taken || !chaos_active(bpf_ktime_get_ns()))
        return 0;
    if (options.latency_ns && issued->flags & NONBLOCK)
        return -EAGAIN;
    issued->taken = false; /* an operation may pass its hook more than once */
    return uring_fault(issued->n);
}

SEC("fmod_ret/security_file_permission")
int BPF_PROG(file_permission, void *file, int mask, int ret)
{
    return ret ? ret : decide();
}

SEC("fmod_ret/security_file_open")
int BPF_PROG(file_open, void *file, int ret)
{
    return ret ? ret : decide();
}

SEC("fmod_ret/security_socket_sendmsg")
int BPF_PROG(socket_sendmsg, void *socket, void *message, int size, int ret)
{
    return ret ? ret : decide();
}

SEC("fmod_ret/security_socket_recvmsg")
int BPF_PROG(socket_recvmsg, void *socket, void *message, int size, int flags, int ret)
{
    return ret ? ret : decide();
}
