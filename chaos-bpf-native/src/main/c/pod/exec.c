// SPDX-License-Identifier: Apache-2.0
#include "exec.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "inside.h"
#include "plan.h"
#include "program.h"
#include "request.h"

#define MAX_CGROUPS 8
#define MAX_MS 3600000
#define DYING_MS 1000

/* What is printed beyond this is read, so that nobody waits for us, and forgotten. */
static struct {
    char text[4096];
    size_t length;
} output;

struct cgroups {
    int procs[MAX_CGROUPS];
    int count;
};

static int failed(const char *what)
{
    fprintf(stderr, "chaos-agent exec: %s: %m\n", what);
    return 1;
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), of_end = strlen(end);
    return length >= of_end && !strcmp(text + length - of_end, end);
}

static int open_procs(struct cgroups *cgroups, const char *path)
{
    errno = E2BIG;
    int fd = cgroups->count < MAX_CGROUPS ? open(path, O_WRONLY | O_CLOEXEC) : -1;
    if (fd < 0)
        return failed(path);
    cgroups->procs[cgroups->count++] = fd;
    return 0;
}

/* Those given, and those with the container's limits, while their paths still lead there. */
static int open_cgroups(struct cgroups *cgroups, char **paths, char **limits)
{
    char path[512];
    for (; *paths; paths++) {
        snprintf(path, sizeof path, "%s/cgroup.procs", *paths);
        if (open_procs(cgroups, path))
            return 1;
    }
    for (; limits[0] && limits[1]; limits += 2)
        if (ends_with(limits[0], "/cgroup.procs") && open_procs(cgroups, limits[0]))
            return 1;
    return 0;
}

/* The child alone is in the cgroups: whoever freezes them shall not keep us from ending it. Comes back if it fails. */
static int run(const struct plan *plan, const struct cgroups *cgroups, int null, int out)
{
    if (dup2(null, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 || dup2(out, STDERR_FILENO) < 0)
        return 1;
    for (int i = 0; i < cgroups->count; i++)
        if (write(cgroups->procs[i], "0", 1) != 1)
            return failed("cgroup.procs");
    signal(SIGPIPE, SIG_DFL);
    return program_become(plan);
}

/* False at the end. */
static int read_output(int in)
{
    char beyond[4096];
    size_t left = sizeof output.text - output.length;
    ssize_t n = left ? read(in, output.text + output.length, left) : read(in, beyond, sizeof beyond);
    if (n > 0 && left)
        output.length += (size_t)n;
    return n > 0;
}

/* Until it has ended (true) or its time is over. A child of its own may hold the output open for longer. */
static int watch(int pidfd, int in, uint64_t until_ns)
{
    struct pollfd events[] = {{.fd = pidfd, .events = POLLIN}, {.fd = in, .events = POLLIN}};
    for (;;) {
        uint64_t now_ns = clock_now_ns();
        if (now_ns >= until_ns)
            return 0;
        poll(events, 2, (int)((until_ns - now_ns + 999999) / 1000000));
        if (events[1].revents && !read_output(in))
            events[1].fd = -1;
        if (events[0].revents) {
            while (events[1].fd >= 0 && output.length < sizeof output.text && read_output(in)) /* without blocking */
                ;
            return 1;
        }
    }
}

static void end(pid_t child, int pidfd)
{
    struct pollfd event = {.fd = pidfd, .events = POLLIN};
    kill(-child, SIGKILL);
    kill(child, SIGKILL);
    poll(&event, 1, DYING_MS); /* one that is frozen dies later */
}

/* Whether it came to no program: the child says so by a descriptor that a program closes. */
static bool has_failed(int failure)
{
    char byte;
    return read(failure, &byte, 1) == 1;
}

static int tell(pid_t child, int has_ended, int failure)
{
    int status;
    if (has_ended && has_failed(failure)) {
        fwrite(output.text, 1, output.length, stderr);
        return 1;
    }
    if (!has_ended)
        puts("timeout");
    else if (waitpid(child, &status, 0) != child)
        return failed("its end");
    else if (WIFSIGNALED(status))
        printf("signal %d\n", WTERMSIG(status));
    else
        printf("exit %d\n", WEXITSTATUS(status));
    fwrite(output.text, 1, output.length, stdout);
    return fflush(stdout) ? 1 : 0;
}

static int supervise(const struct plan *plan, const struct cgroups *cgroups, int null, uint64_t ms)
{
    int ends[2], failure[2];
    if (pipe2(ends, O_CLOEXEC) || fcntl(ends[0], F_SETFL, O_NONBLOCK) || pipe2(failure, O_CLOEXEC | O_NONBLOCK))
        return failed("a pipe");
    uint64_t until_ns = clock_now_ns() + ms * 1000000;
    pid_t child = fork();
    if (child == 0) {
        int rc = run(plan, cgroups, null, ends[1]);
        (void)!write(failure[1], "", 1);
        _exit(rc);
    }
    close(ends[1]);
    close(failure[1]);
    int pidfd = child < 0 ? -1 : (int)syscall(SYS_pidfd_open, child, 0);
    if (pidfd < 0)
        return failed("starting it");
    int has_ended = watch(pidfd, ends[0], until_ns);
    if (!has_ended)
        end(child, pidfd);
    int rc = tell(child, has_ended, failure[0]);
    close(pidfd);
    close(ends[0]);
    close(failure[0]);
    return rc;
}

int exec_main(char **arguments)
{
    struct plan plan;
    struct cgroups cgroups = {.count = 0};
    uint64_t ms;
    if (!parse_number(arguments[2], 1, MAX_MS, &ms)) {
        fprintf(stderr, "chaos-agent exec: %s: expected 1 to %d milliseconds\n", arguments[2], MAX_MS);
        return 1;
    }
    if (plan_read(&plan, arguments[0]))
        return 1;
    prctl(PR_SET_DUMPABLE, 0); /* the container sees our child before it is the program: no way leads to us */
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    int rc = (null < 0 && failed("/dev/null")) || open_cgroups(&cgroups, arguments + 3, plan.limits) ||
                     inside_join(arguments[1])
                 ? 1
                 : supervise(&plan, &cgroups, null, ms);
    plan_free(&plan);
    return rc;
}
