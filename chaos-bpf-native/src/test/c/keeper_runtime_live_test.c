// SPDX-License-Identifier: Apache-2.0
/* A container runtime that has ended before the keeper hears it: its container is known all the same. */
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "descriptors.h"
#include "keeper.h"
#include "listener.h"
#include "uring_shared.h"

#include "check.h"
#include "live.h"
#include "uring_target.h"

#define ID "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define OTHER "fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210"

#define TOLD_MS 10000

static char directory[] = "/tmp/chaos-keeper-XXXXXX";
static pid_t keeper, container;
static int test[2]; /* ends with this test, and takes containers along that it never heard of */

static int connect_by(const char *name, int type)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    return descriptors_connect(path, type);
}

static int listener_of_this_process(void)
{
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_io_uring_setup, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof code / sizeof *code, code};
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
}

/* As runc does: a container that has the filter, its state by a socket, and an end. Tells the container's number. */
static void be_a_runtime(const char *door, int told)
{
    char state[512];
    int fd = listener_of_this_process();
    pid_t started = fork();
    if (started == 0) {
        char never;
        close(fd);
        close(test[1]);
        _exit((int)read(test[0], &never, 1));
    }
    snprintf(state, sizeof state, "{\"pid\":%d,\"metadata\":\"%s\",\"state\":{\"id\":\"%s\"}}", started, LISTENER_ENTER,
             ID);
    int connection = connect_by(door, SOCK_STREAM);
    bool said = fd >= 0 && !descriptors_send(connection, state, strlen(state), &fd, 1) &&
                write(told, &started, sizeof started) == sizeof started;
    _exit(said ? 0 : 1);
}

/* The keeper hears of it only when it is gone. A runtime that waits for the stopped keeper ends here, too. */
static void start_container_by(const char *door)
{
    int told[2], status = -1;
    container = -1;
    CHECK(!pipe2(told, O_CLOEXEC) && !kill(keeper, SIGSTOP));
    pid_t runtime = fork();
    if (runtime == 0)
        be_a_runtime(door, told[1]);
    close(told[1]);
    CHECK_EQUAL(read_within(told[0], &container, sizeof container, TOLD_MS), (ssize_t)sizeof container);
    if (container < 0)
        kill(runtime, SIGKILL);
    CHECK_EQUAL(waitpid(runtime, &status, 0), runtime);
    CHECK_EQUAL(status, 0);
    CHECK(!kill(keeper, SIGCONT));
    close(told[0]);
    sleep_ms(100);
}

static const char *fault_on_container(const char *id)
{
    static char answer[256];
    int memory = memfd_create("fault", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    CHECK(!ftruncate(memory, sizeof(struct uring_shared)) && !fcntl(memory, F_ADD_SEALS, F_SEAL_SHRINK));
    struct uring_shared *shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
    strcpy(shared->container, id);
    int descriptors[] = {memory, (int)syscall(SYS_pidfd_open, container, 0)};
    int connection = connect_by("control.sock", SOCK_SEQPACKET);
    CHECK(!descriptors_send(connection, URING_FAULT, strlen(URING_FAULT), descriptors, 2));
    struct pollfd ready = {.fd = connection, .events = POLLIN};
    ssize_t n = poll(&ready, 1, 2000) == 1 ? recv(connection, answer, sizeof answer - 1, 0) : 0;
    answer[n > 0 ? n : 0] = 0;
    munmap(shared, sizeof *shared);
    descriptors_close(descriptors, 2);
    close(connection);
    return answer;
}

static void end_container(void)
{
    if (container > 0)
        kill(container, SIGKILL);
    sleep_ms(50); /* init reaps it */
}

static void a_runtime_that_has_ended_is_believed(void)
{
    start_container_by("runtime.sock");
    CHECK_CONTAINS(fault_on_container(ID), "ok");
    CHECK_CONTAINS(fault_on_container(OTHER), NO_LISTENER);
    end_container();
}

static void what_comes_by_the_door_of_pods_is_not(void)
{
    start_container_by("keeper.sock");
    CHECK_CONTAINS(fault_on_container(ID), NO_LISTENER);
    end_container();
}

int main(void)
{
    if (!mkdtemp(directory) || pipe2(test, O_CLOEXEC))
        return 1;
    keeper = fork();
    if (keeper == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        descriptors_close(test, 2);
        _exit(keeper_main(directory));
    }
    sleep_ms(300); /* the keeper's sockets */
    RUN(a_runtime_that_has_ended_is_believed);
    RUN(what_comes_by_the_door_of_pods_is_not);
    uring_keeper_end(keeper, directory);
    return check_summary();
}
