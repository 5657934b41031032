// SPDX-License-Identifier: Apache-2.0
/* The face of a child process: request lines on stdin, reply lines on stdout, everything drained and detached at its
 * end. */
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "chaosbpf.h"
#include "clock.h"
#include "contain.h"
#include "exec.h"
#include "keeper.h"
#include "leftovers.h"
#include "relay.h"
#include "request.h"
#include "sudo.h"

#define MAX_SILENCE_S 3600
#define PATIENCE_MS 300

static const char usage[] =
    "chaos-agent [--parent PID] [--silence SECONDS]\n"
    "                       read requests from stdin, one a line; reply on stdout, one line each\n"
    "chaos-agent --probe    say what works on this machine, one feature a line\n"
    "chaos-agent --version\n"
    "chaos-agent keep DIRECTORY      hold the io_uring listeners of pods, and answer them\n"
    "chaos-agent launch [--enter] DIRECTORY -- PROGRAM…   run a program with such a listener\n"
    "chaos-agent contain PLAN DIRECTORY   become a container's program, with a root of its own (pod/plan.h)\n"
    "chaos-agent exec PLAN PROCESS MILLISECONDS CGROUP…   run a program to its end in a container (pod/exec.h)\n"
    "chaos-agent relay [--parent PID] [--silence SECONDS] PORT ADDRESS:PORT…\n"
    "                       connect to these for whoever comes to PORT of the loopback; requests: hello\n"
    "\n"
    "End of input, SIGTERM, SIGHUP, the death of PARENT, and SECONDS (1 to 3600) without a request end every fault:\n"
    "held packets go out in order, then exit 0.\n"
    "Try: hello | probe | attach id=a kind=networkdelay pid=N dev=eth0 direction=to latency_us=100000 |\n"
    "     on id=a | stats id=a | off id=a | detach id=a | list\n";

struct options {
    const char *parent; /* NULL: none */
    uint64_t silence_s; /* 0: no limit */
    int relay;          /* what it waits for; -1: this is none */
};

static int (*request)(const char *line, char *reply, size_t size) = chaosbpf_request;

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

/*
 * A connection may vanish without an end of input, or of output: who still listens says so by asking. Counted from the
 * latest answer, so that a long request is no silence.
 */
static struct {
    uint64_t allowed_ns; /* 0: any */
    uint64_t since_ns;
} silence;

/* What is left of it as a time-out of poll(), rounded up; -1 without a limit. */
static int silence_left_ms(void)
{
    if (!silence.allowed_ns)
        return -1;
    uint64_t gone_ns = clock_now_ns() - silence.since_ns;
    return gone_ns < silence.allowed_ns ? (int)((silence.allowed_ns - gone_ns + 999999) / 1000000) : 0;
}

/* A pipe that nobody empties must not keep us either. */
static bool can_write(void)
{
    struct pollfd output = {.fd = STDOUT_FILENO, .events = POLLOUT};
    int n;
    while ((n = poll(&output, 1, silence_left_ms())) < 0 && errno == EINTR)
        ;
    return n > 0;
}

/* The reader has gone when a reply cannot be written: the same as end of input. */
static int answer(const char *line)
{
    request(line, reply, CHAOSBPF_REPLY_SIZE);
    silence.since_ns = clock_now_ns();
    size_t length = strlen(reply);
    reply[length++] = '\n';
    for (size_t written = 0; written < length;) {
        size_t part = length - written < PIPE_BUF ? length - written : PIPE_BUF; /* fits, once poll() says so */
        ssize_t n = can_write() ? write(STDOUT_FILENO, reply + written, part) : 0;
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

/* Who waits for our end is told, once it takes long, that the faults are over, and what is waited for. */
static int drain(void)
{
    if (chaosbpf_drain(PATIENCE_MS))
        return 0;
    char left[512];
    chaosbpf_left(left, sizeof left);
    fprintf(stderr,
            "chaos-agent: all faults are off; taking apart %s: the kernel closes a probe only once no program at any "
            "probe of this machine runs\n",
            left);
    return !chaosbpf_drain(-1);
}

/* Of helpers before us, which were killed together with their guardians. */
static void thaw_leftovers(void)
{
    int thawed = leftovers_thaw();
    if (thawed)
        fprintf(stderr, "chaos-agent: thawed %d cgroups that a killed helper had left frozen\n", thawed);
}

static void close_inherited(void)
{
    syscall(SYS_close_range, 3, ~0u, 0); /* what our caller left open is not ours to keep open */
}

/* A fault takes some twenty descriptors, a stream of the relay one, and there may be hundreds of either. */
static void allow_descriptors(void)
{
    struct rlimit limit;
    if (!getrlimit(RLIMIT_NOFILE, &limit)) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

static int serve(const struct options *options)
{
    struct pollfd sources[] = {
        {.fd = STDIN_FILENO, .events = POLLIN},
        {.fd = open_signals(), .events = POLLIN},
        {.fd = open_parent(options->parent), .events = POLLIN},
        {.fd = options->relay, .events = POLLIN},
    };
    const struct pollfd ends[] = {{.fd = STDIN_FILENO, .events = POLLRDHUP}, sources[1], sources[2]};
    allow_descriptors();
    chaosbpf_end_with(ends, 3);
    mlockall(MCL_CURRENT); /* best effort: a page fault while a packet is due costs accuracy, not correctness */
    dprintf(STDOUT_FILENO, "ready version=%d pid=%d\n", CHAOSBPF_VERSION, getpid());
    silence.allowed_ns = options->silence_s * 1000000000;
    silence.since_ns = clock_now_ns();
    for (;;) {
        int n = poll(sources, 4, silence_left_ms());
        if (n < 0)
            continue;
        if (n == 0 || sources[1].revents || sources[2].revents)
            break;
        if (sources[3].revents)
            relay_serve();
        if (sources[0].revents && read_requests())
            break;
    }
    return drain();
}

/* What follows the options; NULL when they are none. */
static char **read_options(char **argument, struct options *options)
{
    for (; *argument && !strncmp(*argument, "--", 2); argument += 2) {
        if (!argument[1])
            return NULL;
        if (!strcmp(*argument, "--parent"))
            options->parent = argument[1];
        else if (strcmp(*argument, "--silence") || !parse_number(argument[1], 1, MAX_SILENCE_S, &options->silence_s))
            return NULL;
    }
    return argument;
}

static int relay_main(char **arguments, struct options *options)
{
    close_inherited();
    options->relay = relay_open(arguments[0], arguments + 1);
    request = relay_request;
    return options->relay < 0 ? 1 : serve(options);
}

int main(int argc, char **argv)
{
    struct options options = {.relay = -1};
    bool relay = argc > 2 && !strcmp(argv[1], "relay");
    char **rest = read_options(argv + (relay ? 2 : 1), &options);
    if (relay && rest && rest[0] && rest[1])
        return relay_main(rest, &options);
    if (!relay && rest && !*rest) {
        close_inherited();
        thaw_leftovers();
        return serve(&options);
    }
    if (argc == 3 && !strcmp(argv[1], "keep"))
        return sudo_refuses("keep") ? 1 : keeper_main(argv[2]);
    if (argc > 2 && !strcmp(argv[1], "launch"))
        return sudo_refuses("launch") ? 1 : launch_main(argv + 2);
    if (argc == 4 && !strcmp(argv[1], "contain"))
        return sudo_refuses("contain") ? 1 : contain_main(argv[2], argv[3]);
    if (argc > 5 && !strcmp(argv[1], "exec"))
        return sudo_refuses("exec") ? 1 : exec_main(argv + 2);
    if (argc == 2 && !strcmp(argv[1], "--probe"))
        return print_probe();
    if (argc == 2 && !strcmp(argv[1], "--version"))
        return print_version();
    fputs(usage, argc == 2 && !strcmp(argv[1], "--help") ? stdout : stderr);
    return argc == 2 && !strcmp(argv[1], "--help") ? 0 : 2;
}
