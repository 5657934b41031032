// SPDX-License-Identifier: Apache-2.0
#include "uring_target.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define MAX_WORDS 8
#define ANSWER_MS 20000

static const char *workload(void)
{
    static char path[4096];
    const char *directory = getenv("CHAOS_GO_TARGETS");
    if (!directory) {
        fputs("CHAOS_GO_TARGETS must name the directory of uring_workload\n", stderr);
        exit(1);
    }
    snprintf(path, sizeof path, "%s/uring_workload", directory);
    return path;
}

static void become(const char *const *launch)
{
    const char *words[MAX_WORDS + 2];
    int n = 0;
    while (launch && launch[n] && n < MAX_WORDS) {
        words[n] = launch[n];
        n++;
    }
    words[n] = workload();
    words[n + 1] = NULL;
    execvp(words[0], (char *const *)words);
    perror(words[0]);
    _exit(127);
}

struct uring_target uring_target_start(const char *const *launch)
{
    int in[2], out[2];
    if (pipe2(in, O_CLOEXEC) || pipe2(out, O_CLOEXEC) || unshare(CLONE_NEWPID)) {
        perror("a pid namespace for the workload");
        exit(1);
    }
    pid_t pid = fork();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        dup2(in[0], STDIN_FILENO);
        dup2(out[1], STDOUT_FILENO);
        become(launch);
    }
    close(in[0]);
    close(out[1]);
    int host = open("/proc/self/ns/pid", O_RDONLY | O_CLOEXEC); /* later children are ours again */
    setns(host, CLONE_NEWPID);
    close(host);
    return (struct uring_target){.pid = pid, .in = in[1], .out = out[0]};
}

pid_t uring_keeper_start(const char *directory)
{
    pid_t pid = fork();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        execl(getenv("CHAOS_AGENT"), "chaos-agent", "keep", directory, NULL);
        _exit(127);
    }
    return pid;
}

void uring_keeper_end(pid_t keeper, const char *directory)
{
    static const char *const sockets[] = {"control.sock", "keeper.sock", "runtime.sock"};
    kill(keeper, SIGKILL);
    waitpid(keeper, NULL, 0);
    for (size_t i = 0; i < sizeof sockets / sizeof *sockets; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s/%s", directory, sockets[i]);
        unlink(path);
    }
    rmdir(directory);
}

struct uring_target uring_target_launch(const char *directory, bool enter)
{
    const char *const setup[] = {getenv("CHAOS_AGENT"), "launch", directory, "--", NULL};
    const char *const both[] = {getenv("CHAOS_AGENT"), "launch", "--enter", directory, "--", NULL};
    return uring_target_start(enter ? both : setup);
}

void uring_target_end(struct uring_target *target)
{
    close(target->in);
    close(target->out);
    kill(target->pid, SIGKILL);
    waitpid(target->pid, NULL, 0);
}

ino_t uring_target_namespace(const struct uring_target *target)
{
    char path[64];
    struct stat status = {0};
    snprintf(path, sizeof path, "/proc/%d/ns/pid", target->pid);
    stat(path, &status);
    return status.st_ino;
}

static const char *read_answer(const struct uring_target *target)
{
    static char answer[256];
    size_t length = 0;
    struct pollfd ready = {.fd = target->out, .events = POLLIN};
    while (length < sizeof answer - 1 && poll(&ready, 1, ANSWER_MS) > 0 && read(target->out, answer + length, 1) == 1)
        if (answer[length++] == '\n') {
            answer[length - 1] = 0;
            return answer;
        }
    return NULL;
}

const char *uring_target_ask(const struct uring_target *target, const char *command)
{
    dprintf(target->in, "%s\n", command);
    return read_answer(target);
}

const char *uring_target_next(const struct uring_target *target)
{
    const char *answer = read_answer(target);
    return answer ? answer : "no answer";
}
