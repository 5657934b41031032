// SPDX-License-Identifier: Apache-2.0
#include "closing.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "thread.h"

#define MAX_CLOSING 64

/* Threads are joined, not detached: the library may be unloaded once all is taken apart. */
static struct closing {
    char name[CLOSING_NAME_SIZE];
    void (*take_apart)(void *);
    void *what;
    pthread_t thread;
    bool used;
} closings[MAX_CLOSING];

static void *run(void *arg)
{
    struct closing *closing = arg;
    closing->take_apart(closing->what);
    return NULL;
}

static struct closing *free_place(void)
{
    for (int i = 0; i < MAX_CLOSING; i++) {
        if (closings[i].used && !pthread_tryjoin_np(closings[i].thread, NULL))
            closings[i].used = false;
        if (!closings[i].used)
            return &closings[i];
    }
    pthread_join(closings[0].thread, NULL);
    return &closings[0];
}

void closing_begin(const char *name, void (*take_apart)(void *), void *what)
{
    struct failure no_thread;
    struct closing *closing = free_place();
    *closing = (struct closing){.take_apart = take_apart, .what = what};
    snprintf(closing->name, sizeof closing->name, "%s", name);
    closing->used = !thread_start(&closing->thread, run, closing, &no_thread);
    if (!closing->used)
        take_apart(what);
}

bool closing_await(int ms)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += ms / 1000;
    until.tv_nsec += ms % 1000 * 1000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    bool all = true;
    for (int i = 0; i < MAX_CLOSING; i++) {
        if (!closings[i].used)
            continue;
        closings[i].used = ms < 0 ? pthread_join(closings[i].thread, NULL)
                                  : pthread_timedjoin_np(closings[i].thread, NULL, &until) != 0;
        all &= !closings[i].used;
    }
    return all;
}

void closing_names(char *text, size_t size)
{
    size_t length = 0;
    *text = 0;
    for (int i = 0; i < MAX_CLOSING && length < size; i++)
        if (closings[i].used)
            length += (size_t)snprintf(text + length, size - length, "%s%s", length ? ", " : "", closings[i].name);
}
