// SPDX-License-Identifier: Apache-2.0
#include "closing.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "thread.h"

#define FOR_EVER_S 1000000000

/* Threads are joined, not detached: the library may be unloaded once all is taken apart. */
static struct closing {
    char name[CLOSING_NAME_SIZE];
    void (*take_apart)(void *);
    void *what;
    pthread_t thread;
    struct closing *next;
} *closings;

static void *run(void *arg)
{
    struct closing *closing = arg;
    closing->take_apart(closing->what);
    return NULL;
}

/* Forget those that are done. until: wait for them at most so long; NULL: not at all. */
static void join(const struct timespec *until)
{
    for (struct closing **place = &closings; *place;) {
        struct closing *closing = *place;
        if (until ? pthread_timedjoin_np(closing->thread, NULL, until) : pthread_tryjoin_np(closing->thread, NULL)) {
            place = &closing->next;
            continue;
        }
        *place = closing->next;
        free(closing);
    }
}

void closing_begin(const char *name, void (*take_apart)(void *), void *what)
{
    struct failure no_thread;
    struct closing *closing = malloc(sizeof *closing);
    join(NULL);
    if (closing) {
        *closing = (struct closing){.take_apart = take_apart, .what = what, .next = closings};
        snprintf(closing->name, sizeof closing->name, "%s", name);
    }
    if (!closing || thread_start(&closing->thread, run, closing, &no_thread)) {
        take_apart(what);
        free(closing);
        return;
    }
    closings = closing;
}

bool closing_await(int ms)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += ms < 0 ? FOR_EVER_S : ms / 1000;
    until.tv_nsec += ms < 0 ? 0 : ms % 1000 * 1000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    join(&until);
    return !closings;
}

void closing_names(char *text, size_t size)
{
    size_t length = 0;
    *text = 0;
    for (const struct closing *closing = closings; closing && length < size; closing = closing->next)
        length += (size_t)snprintf(text + length, size - length, "%s%s", length ? ", " : "", closing->name);
}
