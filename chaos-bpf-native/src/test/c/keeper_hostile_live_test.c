// SPDX-License-Identifier: Apache-2.0
/*
 * A pod that would end or mislead the keeper: after each of its tries the keeper answers the others. It runs within
 * this program, so that the sanitizers look at it as well.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "descriptors.h"
#include "keeper.h"
#include "uring_shared.h"

#include "check.h"
#include "live.h"
#include "uring_target.h"

#define NOBODY 65534
#define NO_RINGS "operation=setup action=error errno=EPERM"
#define NO_READS "operation=read action=drop"

static char directory[] = "/tmp/chaos-keeper-XXXXXX";
static char control[64], pods[64];
static struct agent agent;
static struct uring_target hostile, other;
static pid_t keeper;

static pid_t start_keeper(const char *path)
{
    pid_t pid = fork();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        _exit(keeper_main(path));
    }
    return pid;
}

static const char *ask(const struct uring_target *asked, const char *command)
{
    const char *answer = uring_target_ask(asked, command);
    return answer ? answer : "no answer";
}

static const char *attach(const char *id, pid_t pid, const char *keys)
{
    return agent_ask(&agent, "attach id=%s kind=iouringfault mechanism=seccomp pid=%d keeper=%s %s", id, pid, control,
                     keys);
}

/* It lives, serves a pod of others, and a fault on it. */
static void others_are_served(void)
{
    CHECK_CONTAINS(ask(&other, "read"), " result=4096 ");
    CHECK_CONTAINS(attach("o", other.pid, NO_RINGS), " mechanism=seccomp");
    CHECK_CONTAINS(agent_ask(&agent, "on id=o"), "ok ");
    CHECK_CONTAINS(ask(&other, "read"), "setup=-1 ");
    CHECK_CONTAINS(agent_ask(&agent, "detach id=o"), "ok ");
    CHECK_EQUAL(waitpid(keeper, NULL, WNOHANG), 0);
}

static void begin_on_the_hostile_pod(void)
{
    CHECK_CONTAINS(attach("h", hostile.pid, NO_READS), " mechanism=seccomp");
    CHECK_CONTAINS(agent_ask(&agent, "on id=h"), "ok ");
}

static void end_on_the_hostile_pod(long long skipped)
{
    const char *stats = agent_ask(&agent, "stats id=h");
    CHECK_EQUAL(reply_value(stats, "hit"), 0);
    CHECK_EQUAL(reply_value(stats, "skipped"), skipped);
    CHECK_CONTAINS(agent_ask(&agent, "detach id=h"), "ok ");
    others_are_served();
}

static void what_is_no_ring_is_left_alone(void)
{
    begin_on_the_hostile_pod();
    CHECK_CONTAINS(ask(&hostile, "enter memfd"), "enter=-95"); /* EOPNOTSUPP, by the kernel itself */
    CHECK_CONTAINS(ask(&hostile, "enter pipe"), "enter=-95");
    end_on_the_hostile_pod(2);
}

static void a_ring_that_says_it_is_larger_is_left_alone(void)
{
    static const char *const lies[] = {"lie 32768 8 read",      "lie 32768 65536 read",  "lie 4 65536 read",
                                       "lie 0 8 read",          "lie 3 8 read",          "lie 4 0 read",
                                       "lie 4294967295 8 read", "lie 2147483648 8 read", "lie 4 4294967295 read"};
    begin_on_the_hostile_pod();
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++)
        CHECK_CONTAINS(ask(&hostile, lies[i]), " result=4096 ");
    end_on_the_hostile_pod(sizeof lies / sizeof *lies);
}

static void a_ring_that_changes_its_mind_ends_nobody(void)
{
    begin_on_the_hostile_pod();
    const char *answer = ask(&hostile, "flip 100");
    printf("    %s\n", answer);
    CHECK_CONTAINS(answer, " failed=0");
    CHECK_CONTAINS(agent_ask(&agent, "detach id=h"), "ok ");
    others_are_served();
}

static void what_cannot_be_done_fails_as_the_kernel_says(const char *operation, const char *name)
{
    char keys[80], command[40], expected[256];
    snprintf(command, sizeof command, "ring bad %s", name);
    snprintf(expected, sizeof expected, "%s", ask(&hostile, command));
    snprintf(keys, sizeof keys, "operation=%s action=delay latency_us=1000", operation);
    CHECK_CONTAINS(expected, "results=");
    CHECK_CONTAINS(attach("h", hostile.pid, keys), " mechanism=seccomp");
    CHECK_CONTAINS(agent_ask(&agent, "on id=h"), "ok ");
    CHECK_TEXT(ask(&hostile, command), expected);
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=h"), "hit"), 5);
    CHECK_CONTAINS(agent_ask(&agent, "detach id=h"), "ok ");
}

static void lengths_memory_and_files_that_are_none_end_nobody(void)
{
    static const char *const names[][2] = {{"read", "read"},       {"readv", "readv"},     {"write", "write"},
                                           {"writev", "writev"},   {"recv", "recv"},       {"send", "send"},
                                           {"recvmsg", "recvmsg"}, {"sendmsg", "sendmsg"}, {"fsync", "fsync"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        what_cannot_be_done_fails_as_the_kernel_says(names[i][0], names[i][1]);
    others_are_served();
}

/* What is too much for the table is held. */
static void a_flood_of_operations_fills_no_more_than_its_share(void)
{
    CHECK_CONTAINS(attach("h", hostile.pid, "operation=recv action=delay latency_us=500000"), " mechanism=seccomp");
    CHECK_CONTAINS(agent_ask(&agent, "on id=h"), "ok ");
    CHECK_TEXT(ask(&hostile, "ring flood 700"), "closed=0");
    const char *stats = agent_ask(&agent, "stats id=h");
    CHECK_EQUAL(reply_value(stats, "taken"), 512);
    CHECK_EQUAL(reply_value(stats, "held"), 188);
    CHECK_CONTAINS(agent_ask(&agent, "detach id=h"), "ok ");
    others_are_served();
}

static int send_to(const char *path, int type, const char *text, const int *descriptors, int n)
{
    int connection = descriptors_connect(path, type);
    CHECK(connection >= 0);
    CHECK(!descriptors_send(connection, text, strlen(text), descriptors, n));
    return connection;
}

/* Whether the other end of a connection, or of a pipe, is closed within ten seconds. */
static bool is_let_go(int fd)
{
    struct pollfd end = {.fd = fd, .events = POLLRDHUP};
    return poll(&end, 1, 10000) == 1 && end.revents & (POLLHUP | POLLERR | POLLRDHUP);
}

static void what_is_no_listener_is_not_kept(void)
{
    int ends[2];
    CHECK(!pipe2(ends, O_CLOEXEC) && write(ends[1], "always readable", 15) == 15);
    int connection = send_to(pods, SOCK_STREAM, "{\"pid\":1,\"metadata\":\"setup,enter\"}", ends, 1);
    close(ends[0]);
    CHECK(is_let_go(ends[1]));
    close(ends[1]);
    close(connection);
    others_are_served();
}

static void who_says_nothing_keeps_nobody_out(void)
{
    int silent[100];
    for (int i = 0; i < 100; i++)
        silent[i] = descriptors_connect(pods, SOCK_STREAM);
    CHECK(silent[99] >= 0);
    struct uring_target late = uring_target_launch(directory, true);
    CHECK_CONTAINS(ask(&late, "read"), " result=4096 ");
    CHECK_CONTAINS(attach("l", late.pid, NO_RINGS), " mechanism=seccomp");
    CHECK_CONTAINS(agent_ask(&agent, "detach id=l"), "ok ");
    uring_target_end(&late);
    descriptors_close(silent, 100);
    others_are_served();
}

static int shared_memory(int seals)
{
    int memory = memfd_create("hostile", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    CHECK(!ftruncate(memory, sizeof(struct uring_shared)) && !fcntl(memory, F_ADD_SEALS, seals));
    return memory;
}

static int send_fault(int memory)
{
    int descriptors[] = {memory, (int)syscall(SYS_pidfd_open, other.pid, 0)};
    int connection = send_to(control, SOCK_SEQPACKET, URING_FAULT, descriptors, 2);
    descriptors_close(descriptors, 2);
    return connection;
}

static const char *answer_on(int connection)
{
    static char answer[256];
    struct pollfd ready = {.fd = connection, .events = POLLIN};
    errno = 0;
    ssize_t n = poll(&ready, 1, 10000) == 1 ? recv(connection, answer, sizeof answer - 1, MSG_DONTWAIT) : -1;
    answer[n > 0 ? n : 0] = 0;
    return n > 0 ? answer : n == 0 || errno == ECONNRESET ? "closed" : "no answer";
}

static void memory_that_can_shrink_is_refused(void)
{
    int connection = send_fault(shared_memory(F_SEAL_GROW));
    CHECK_CONTAINS(answer_on(connection), BAD_REQUEST);
    close(connection);
    connection = send_fault(shared_memory(F_SEAL_SHRINK));
    CHECK_TEXT(answer_on(connection), "ok");
    close(connection);
    others_are_served();
}

static void who_reads_no_answers_is_not_waited_for(void)
{
    int connection = send_fault(shared_memory(F_SEAL_SHRINK)), sent = 0;
    while (sent < 100000 && send(connection, URING_RELEASE, strlen(URING_RELEASE), MSG_NOSIGNAL) > 0)
        sent++;
    printf("    let go after %d requests\n", sent);
    CHECK(sent < 100000 && is_let_go(connection));
    close(connection);
    others_are_served();
}

/* In a child that is what a pod can be: what it hears on control.sock. */
static void hears(uid_t user, bool in_pod, const char *expected)
{
    int out[2];
    CHECK(!pipe2(out, O_CLOEXEC) && (!in_pod || !unshare(CLONE_NEWPID)));
    pid_t pid = fork();
    if (pid == 0) {
        if (user && setresuid(user, user, user))
            _exit(1);
        int connection = descriptors_connect(control, SOCK_SEQPACKET);
        const char *heard = connection < 0 ? strerror(errno) : "";
        if (connection >= 0) {
            descriptors_send(connection, URING_RELEASE, strlen(URING_RELEASE), NULL, 0);
            heard = answer_on(connection);
        }
        _exit(write(out[1], heard, strlen(heard)) < 0);
    }
    int host = open("/proc/self/ns/pid", O_RDONLY | O_CLOEXEC); /* later children are ours again */
    CHECK(!in_pod || !setns(host, CLONE_NEWPID));
    close(host);
    char heard[256] = "";
    waitpid(pid, NULL, 0);
    CHECK(read(out[0], heard, sizeof heard - 1) > 0);
    CHECK_TEXT(heard, expected);
    descriptors_close(out, 2);
}

static void pods_are_not_taken_for_agents(void)
{
    struct stat status;
    CHECK(!stat(control, &status) && (status.st_mode & 0777) == 0600);
    hears(NOBODY, false, strerror(EACCES));
    CHECK(!chmod(control, 0666)); /* were it open to all */
    hears(NOBODY, false, "closed");
    hears(NOBODY, true, "closed");
    hears(0, true, "closed");
    hears(0, false, "ok");
    CHECK(!chmod(control, 0600));
    others_are_served();
}

/* ---- a pod that keeps its listener and takes its calls itself ---- */

#define STOLEN 1000

static void *take_calls(void *fd)
{
    for (;;) {
        struct seccomp_notif call = {0};
        if (ioctl(*(int *)fd, SECCOMP_IOCTL_NOTIF_RECV, &call))
            continue;
        struct seccomp_notif_resp answer = {.id = call.id, .flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE};
        ioctl(*(int *)fd, SECCOMP_IOCTL_NOTIF_SEND, &answer);
    }
    return NULL;
}

static void steal(void)
{
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_io_uring_setup, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof code / sizeof *code, code};
    pthread_t thread;
    int fd = (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
    int connection = descriptors_connect(pods, SOCK_STREAM);
    char end;
    if (fd < 0 || descriptors_send(connection, "{}", 2, &fd, 1) || read(connection, &end, 1) ||
        pthread_create(&thread, NULL, take_calls, &fd))
        _exit(1);
    for (int i = 0; i < STOLEN; i++)
        syscall(SYS_io_uring_setup, 0, NULL); /* EFAULT or EINVAL */
    _exit(0);
}

static void who_takes_its_calls_itself_does_not_stop_the_keeper(void)
{
    int status = -1;
    pid_t pid = fork();
    if (pid == 0) {
        alarm(20);
        steal();
    }
    for (int i = 0; i < 3; i++)
        CHECK_CONTAINS(ask(&other, "read"), " result=4096 ");
    CHECK_EQUAL(waitpid(pid, &status, 0), pid);
    CHECK_EQUAL(status, 0);
    others_are_served();
}

/* ---- a pod that dies under a fault, and leaves its namespace's number to the next ---- */

static void who_comes_next_is_not_hit(void)
{
    struct uring_target target = uring_target_launch(directory, true);
    ino_t number = uring_target_namespace(&target);
    CHECK_CONTAINS(ask(&target, "read"), " result=4096 "); /* it runs, so the keeper has its listener */
    CHECK_CONTAINS(attach("n", target.pid, NO_RINGS), " mechanism=seccomp");
    CHECK_CONTAINS(agent_ask(&agent, "on id=n"), "ok ");
    CHECK_CONTAINS(ask(&target, "read"), "setup=-1 ");
    uring_target_end(&target);
    for (int i = 0; i < 8; i++) {
        target = uring_target_launch(directory, true);
        CHECK(uring_target_namespace(&target) != number);
        CHECK_CONTAINS(ask(&target, "read"), " result=4096 ");
        uring_target_end(&target);
    }
    CHECK_EQUAL(reply_value(agent_ask(&agent, "stats id=n"), "hit"), 1);
    CHECK_CONTAINS(agent_ask(&agent, "detach id=n"), "ok ");
    others_are_served();
}

int main(void)
{
    if (!mkdtemp(directory) || chmod(directory, 0711))
        return 1;
    snprintf(control, sizeof control, "%s/control.sock", directory);
    snprintf(pods, sizeof pods, "%s/keeper.sock", directory);
    keeper = start_keeper(directory);
    agent = agent_start(NULL);
    usleep(300000); /* the keeper's sockets */
    hostile = uring_target_launch(directory, true);
    other = uring_target_launch(directory, true);
    CHECK_CONTAINS(ask(&hostile, "read"), " result=4096 "); /* it runs, so the keeper has its listener */
    RUN(others_are_served);
    RUN(what_is_no_ring_is_left_alone);
    RUN(a_ring_that_says_it_is_larger_is_left_alone);
    RUN(a_ring_that_changes_its_mind_ends_nobody);
    RUN(lengths_memory_and_files_that_are_none_end_nobody);
    RUN(a_flood_of_operations_fills_no_more_than_its_share);
    RUN(what_is_no_listener_is_not_kept);
    RUN(who_says_nothing_keeps_nobody_out);
    RUN(memory_that_can_shrink_is_refused);
    RUN(who_reads_no_answers_is_not_waited_for);
    RUN(pods_are_not_taken_for_agents);
    RUN(who_takes_its_calls_itself_does_not_stop_the_keeper);
    RUN(who_comes_next_is_not_hit);
    uring_target_end(&hostile);
    uring_target_end(&other);
    agent_end(&agent);
    uring_keeper_end(keeper, directory);
    return check_summary();
}
