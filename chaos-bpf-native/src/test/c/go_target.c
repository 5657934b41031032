// SPDX-License-Identifier: Apache-2.0
#include "go_target.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

struct go_target go_target_start(const char *variant)
{
    int in[2], out[2];
    char path[512];
    const char *directory = getenv("CHAOS_GO_TARGETS");
    snprintf(path, sizeof path, "%s/%s", directory ? directory : "", variant);
    if (!directory || access(path, X_OK) || pipe2(in, O_CLOEXEC) || pipe2(out, O_CLOEXEC)) {
        printf("FAILED CHAOS_GO_TARGETS must name the directory with the Go program %s\n", variant);
        exit(1);
    }
    pid_t pid = fork();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        dup2(in[0], STDIN_FILENO);
        dup2(out[1], STDOUT_FILENO);
        execl(path, variant, NULL);
        _exit(127);
    }
    close(in[0]);
    close(out[1]);
    struct go_target target = {.pid = pid, .in = in[1], .out = out[0]};
    if (!*go_target_ask(&target, "hello")) { /* also: it is that program by now, not we */
        printf("FAILED %s does not answer\n", path);
        exit(1);
    }
    return target;
}

void go_target_end(struct go_target *target)
{
    kill(target->pid, SIGKILL);
    waitpid(target->pid, NULL, 0);
    close(target->in);
    close(target->out);
}

static void tell(struct go_target *target, const char *format, va_list args)
{
    char line[256];
    int n = vsnprintf(line, sizeof line - 1, format, args);
    line[n++] = '\n';
    if (write(target->in, line, (size_t)n) != n)
        printf("    the Go program %d does not take commands\n", target->pid);
}

void go_target_tell(struct go_target *target, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    tell(target, format, args);
    va_end(args);
}

const char *go_target_hear(struct go_target *target)
{
    size_t length = 0;
    char *answer = target->answer;
    while (length < sizeof target->answer - 1 && read(target->out, answer + length, 1) == 1 && answer[length] != '\n')
        length++;
    answer[length] = 0;
    return answer;
}

const char *go_target_ask(struct go_target *target, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    tell(target, format, args);
    va_end(args);
    return go_target_hear(target);
}

int go_target_hears_within(struct go_target *target, int ms)
{
    struct pollfd readable = {.fd = target->out, .events = POLLIN};
    return poll(&readable, 1, ms) == 1;
}

int go_target_mechanism(const char *reply)
{
    const char *found = strstr(reply, " mechanism="), *text = found ? found + strlen(" mechanism=") : reply;
    printf(found ? "mechanism: " : "refused: ");
    for (unsigned int byte; *text && (!found || *text != ' '); text++) {
        if (sscanf(text, "%%%2x", &byte) == 1) {
            putchar((int)byte);
            text += 2;
        } else {
            putchar(*text);
        }
    }
    putchar('\n');
    return found ? 0 : -1;
}

/* ---- histograms ---- */

static const char *buckets_of(const char *reply, const char *key)
{
    char word[64];
    snprintf(word, sizeof word, " %s=", key);
    const char *found = strstr(reply, word);
    return found ? found + strlen(word) : "";
}

/* The lower bound of the bucket in which the n-th value is, counted from 1; *total becomes how many there are. */
static uint64_t nth(const char *buckets, uint64_t n, uint64_t *total)
{
    unsigned long long bound, count;
    uint64_t found = 0;
    int used;
    *total = 0;
    while (sscanf(buckets, "%llu:%llu%n", &bound, &count, &used) == 2) {
        if (*total < n)
            found = bound;
        *total += count;
        buckets += used + (buckets[used] == ',');
    }
    return found;
}

uint64_t hist_total(const char *reply, const char *key)
{
    uint64_t total;
    nth(buckets_of(reply, key), 0, &total);
    return total;
}

uint64_t hist_quantile(const char *reply, const char *key, double q)
{
    uint64_t total = hist_total(reply, key), unused;
    return total ? nth(buckets_of(reply, key), 1 + (uint64_t)(q * (double)(total - 1)), &unused) : 0;
}
