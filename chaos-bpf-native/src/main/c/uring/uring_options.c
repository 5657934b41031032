// SPDX-License-Identifier: Apache-2.0
#include "uring_options.h"

#include <string.h>

#include "choice_options.h"
#include "latency_options.h"

/* In the order of enum io_uring_op, which is part of the kernel's interface; this machine's headers may know fewer. */
// clang-format off
static const char *const opcodes[] = {
    "nop", "readv", "writev", "fsync", "read_fixed", "write_fixed", "poll_add", "poll_remove", "sync_file_range",
    "sendmsg", "recvmsg", "timeout", "timeout_remove", "accept", "async_cancel", "link_timeout", "connect",
    "fallocate", "openat", "close", "files_update", "statx", "read", "write", "fadvise", "madvise", "send", "recv",
    "openat2", "epoll_ctl", "splice", "provide_buffers", "remove_buffers", "tee", "shutdown", "renameat", "unlinkat",
    "mkdirat", "symlinkat", "linkat", "msg_ring", "fsetxattr", "setxattr", "fgetxattr", "getxattr", "socket",
    "uring_cmd", "send_zc", "sendmsg_zc", "read_multishot", "waitid", "futex_wait", "futex_wake", "futex_waitv",
    "fixed_fd_install", "ftruncate", "bind", "listen", "recv_zc", "epoll_wait", "readv_fixed", "writev_fixed", "pipe",
    "nop128", "uring_cmd128",
};
// clang-format on
#define OPCODES (sizeof opcodes / sizeof *opcodes)

static int parse_operation(struct request *request, struct uring_options *options, struct failure *f)
{
    const char *name = request_require(request, "operation", f);
    if (!name)
        return -1;
    options->operation = !strcmp(name, "setup") ? URING_SETUP : !strcmp(name, "enter") ? URING_ENTER : URING_OPCODE;
    if (options->operation != URING_OPCODE)
        return 0;
    for (options->opcode = 0; options->opcode < OPCODES; options->opcode++)
        if (!strcmp(name, opcodes[options->opcode]))
            return 0;
    return fail(f, BAD_REQUEST, 0,
                "operation=%.40s: expected setup, enter, or an IORING_OP_… in small letters, such as read", name);
}

static int parse_action(struct request *request, struct uring_options *options, struct failure *f)
{
    const char *name = request_require(request, "action", f);
    if (!name)
        return -1;
    if (strcmp(name, "error") && strcmp(name, "delay") && strcmp(name, "drop"))
        return fail(f, BAD_REQUEST, 0, "action=%.40s: expected error, delay or drop", name);
    options->action = name[0] == 'e' ? URING_ERROR : !strcmp(name, "delay") ? URING_DELAY : URING_DROP;
    if (options->action == URING_DROP && options->operation != URING_OPCODE)
        return fail(f, BAD_REQUEST, 0, "action=drop is for operations that complete through a ring, not for %s",
                    uring_operation_name(options));
    return 0;
}

static int parse_errno(struct request *request, struct uring_options *options, struct failure *f)
{
    uint64_t number = 0;
    const char *name = request_require(request, "errno", f);
    if (!name)
        return -1;
    options->error = parse_number(name, 1, ERRNO_LAST, &number) ? (int)number : errno_of(name);
    if (options->error)
        return 0;
    return fail(f, BAD_REQUEST, 0, "errno=%.40s: expected a name such as EIO, or a number from 1 to %d", name,
                ERRNO_LAST);
}

int uring_options_parse(struct request *request, struct uring_options *options, struct failure *f)
{
    memset(options, 0, sizeof *options);
    if (parse_operation(request, options, f) || parse_action(request, options, f))
        return -1;
    if (options->action == URING_ERROR && parse_errno(request, options, f))
        return -1;
    bool late =
        options->action == URING_DELAY ||
        (options->action == URING_ERROR && (request_get(request, "latency_us") || request_get(request, "jitter_us")));
    if (late && latency_options_parse(request, &options->latency_ns, &options->jitter_ns, f))
        return -1;
    return choice_options_parse(request, &options->choice, f);
}

const char *uring_operation_name(const struct uring_options *options)
{
    switch (options->operation) {
    case URING_SETUP:
        return "setup";
    case URING_ENTER:
        return "enter";
    default:
        return opcodes[options->opcode];
    }
}
