// SPDX-License-Identifier: Apache-2.0
/* The face of a child process: request lines on stdin, reply lines on stdout, everything drained and detached at its
 * end. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "chaosbpf.h"
#include "request.h"

static const char usage[] =
    "chaos-agent [--parent PID]   read requests from stdin, one a line; reply on stdout, one line each\n"
    "chaos-agent --probe          say what works on this machine, one feature a line\n"
    "chaos-agent --version\n"
    "\n"
    "End of input, SIGTERM, SIGHUP and the death of PARENT end every fault: held packets go out in order, then exit "
    "0.\n"
    "Try: hello | probe | attach id=a kind=delay pid=N dev=eth0 direction=egress latency_us=100000 |\n"
    "     on id=a | stats id=a | off id=a | detach id=a | list\n";

static char reply[CHAOSBPF_REPLY_SIZE + 1];

/* A reply has the form of a request, so its parser also takes the escapes out for a human reader. */
static int print_probe(void)
{
    static struct request words;
    struct failure f;
    int rc = chaosbpf_request("probe", reply, CHAOSBPF_REPLY_SIZE);
    if (rc || request_parse(&words, reply, &f)) {
        puts(reply);
        return 1;
    }
    for (int i = 0; i < words.count; i++)
        printf("%s=%s\n", words.word[i].key, words.word[i].value);
    return 0;
}

static int print_version(void)
{
    printf("chaos-agent, protocol version %d\n", CHAOSBPF_VERSION);
    return 0;
}

/* The reader has gone when a reply cannot be written: the same as end of input. */
static int answer(const char *line)
{
    chaosbpf_request(line, reply, CHAOSBPF_REPLY_SIZE);
    size_t length = strlen(reply);
    reply[length++] = '\n';
    for (size_t written = 0; written < length;) {
        ssize_t n = write(STDOUT_FILENO, reply + written, length - written);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return -1;
        written += (size_t)n;
    }
    return 0;
}

/* Answer every whole line that has arrived; -1 at the end of input. */
static int read_requests(void)
{
    static char input[REQUEST_SIZE + 1];
    static size_t held;
    ssize_t n = read(STDIN_FILENO, input + held, sizeof input - 1 - held);
    if (n <= 0)
        return n < 0 && errno == EINTR ? 0 : -1;
    held += (size_t)n;

    char *line = input, *end;
    while ((end = memchr(line, '\n', held - (size_t)(line - input)))) {
        *end = 0;
        if (answer(line))
            return -1;
        line = end + 1;
    }
    held -= (size_t)(line - input);
    memmove(input, line, held);
    if (held < sizeof input - 1)
        return 0;
    input[held] = 0; /* longer than any request may be: the parser says so, the rest of the line is refused as well */
    held = 0;
    return answer(input);
}

/* SIGTERM and SIGHUP are read, not handled: no system call is interrupted in the middle of a request. */
static int open_signals(void)
{
    signal(SIGPIPE, SIG_IGN);
    signal(SIGINT, SIG_IGN); /* Ctrl-C goes to the whole group; the JVM decides what it means */
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    sigprocmask(SIG_BLOCK, &set, NULL);
    return signalfd(-1, &set, SFD_CLOEXEC);
}

/* End of input is not enough: any child of the JVM may have inherited our stdin. -1 (never readable) without --parent.
 */
static int open_parent(const char *pid)
{
    if (!pid)
        return -1;
    int fd = (int)syscall(SYS_pidfd_open, atoi(pid), 0);
    if (fd >= 0)
        return fd;
    fprintf(stderr, "chaos-agent: --parent %s: %s\n", pid, strerror(errno));
    exit(1);
}

static int serve(const char *parent)
{
    syscall(SYS_close_range, 3, ~0u, 0); /* what our caller left open is not ours to keep open */
    struct pollfd sources[] = {
        {.fd = STDIN_FILENO, .events = POLLIN},
        {.fd = open_signals(), .events = POLLIN},
        {.fd = open_parent(parent), .events = POLLIN},
    };
    mlockall(MCL_CURRENT); /* best effort: a page fault while a packet is due costs accuracy, not correctness */
    dprintf(STDOUT_FILENO, "ready version=%d pid=%d\n", CHAOSBPF_VERSION, getpid());
    for (;;) {
        if (poll(sources, 3, -1) < 0)
            continue;
        if (sources[1].revents || sources[2].revents)
            break;
        if (sources[0].revents && read_requests())
            break;
    }
    chaosbpf_drain();
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 1)
        return serve(NULL);
    if (argc == 3 && !strcmp(argv[1], "--parent"))
        return serve(argv[2]);
    if (argc == 2 && !strcmp(argv[1], "--probe"))
        return print_probe();
    if (argc == 2 && !strcmp(argv[1], "--version"))
        return print_version();
    fputs(usage, argc == 2 && !strcmp(argv[1], "--help") ? stdout : stderr);
    return argc == 2 && !strcmp(argv[1], "--help") ? 0 : 2;
}
