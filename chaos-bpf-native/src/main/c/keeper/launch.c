// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "descriptors.h"
#include "keeper.h"
#include "listener.h"

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif
#ifndef SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV
#define SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV (1UL << 5) /* Linux 5.19: a signal does not break a held call off */
#endif

static long install(struct sock_fprog *program)
{
    const unsigned long listener = SECCOMP_FILTER_FLAG_NEW_LISTENER;
    long fd = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, listener | SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV, program);
    return fd < 0 && errno == EINVAL ? syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, listener, program) : fd;
}

/* Who has not CAP_SYS_ADMIN may only filter itself if nothing it executes can gain rights. */
static long open_listener(bool enter)
{
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_io_uring_setup, 1, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, enter ? SYS_io_uring_enter : SYS_io_uring_setup, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof code / sizeof *code, code};
    long fd = install(&program);
    if (fd < 0 && errno == EACCES && !prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
        fd = install(&program);
    return fd;
}

static int hand_over(const char *directory, int listener, bool enter)
{
    char path[4096], state[256];
    snprintf(path, sizeof path, "%s/keeper.sock", directory);
    snprintf(state, sizeof state, "{\"pid\":%d,\"metadata\":\"%s\",\"state\":{\"id\":\"\"}}", getpid(),
             enter ? LISTENER_ENTER : LISTENER_SETUP);
    int keeper = descriptors_connect(path, SOCK_STREAM), self = (int)syscall(SYS_pidfd_open, getpid(), 0);
    if (keeper < 0 || self < 0 || descriptors_send(keeper, state, strlen(state), (int[]){listener, self}, 2)) {
        fprintf(stderr, "chaos-agent launch: the keeper at %s: %s\n", path, strerror(errno));
        return -1;
    }
    char end;
    (void)!read(keeper, &end, 1); /* it closes once it has taken over: no call can come before */
    close(keeper);
    close(self);
    return 0;
}

int launch_main(char **arguments)
{
    bool enter = *arguments && !strcmp(*arguments, "--enter");
    arguments += enter;
    const char *directory = *arguments;
    if (!directory || !arguments[1] || strcmp(arguments[1], "--") || !arguments[2]) {
        fputs("usage: chaos-agent launch [--enter] DIRECTORY -- PROGRAM [ARGUMENT...]\n", stderr);
        return 2;
    }
    long listener = open_listener(enter);
    if (listener < 0) {
        fprintf(stderr, "chaos-agent launch: a seccomp listener: %s\n", strerror(errno));
        return 1;
    }
    if (hand_over(directory, (int)listener, enter))
        return 1;
    close((int)listener);
    execvp(arguments[2], arguments + 2);
    fprintf(stderr, "chaos-agent launch: %s: %s\n", arguments[2], strerror(errno));
    return 127;
}
