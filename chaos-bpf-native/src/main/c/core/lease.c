// SPDX-License-Identifier: Apache-2.0
#include "lease.h"

#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "clock.h"
#include "owner.h"
#include "request.h"
#include "thread.h"

#define LONGEST_MS 10000
#define TURN_MS 5   /* a tenth of the lease: several turns may come late before it runs out */
#define PRIORITY 51 /* above the delay lines, whose last microseconds are spent spinning */

static struct {
    pthread_mutex_t life; /* of the thread */
    pthread_mutex_t lock; /* of what is held */
    volatile struct chaos_control **held;
    int count, room;
    pthread_t thread;
    int stop; /* eventfd, readable when the thread has to end */
    uint64_t length_ns;
    struct pollfd ends[LEASE_MAX_ENDS];
    int end_count;
    void (*ended)(void);
} leases = {.life = PTHREAD_MUTEX_INITIALIZER, .lock = PTHREAD_MUTEX_INITIALIZER, .length_ns = CHAOS_LEASE_NS};

/* An emulated machine may stand still for longer than a lease. */
static void read_length(void)
{
    const char *text = getenv("CHAOS_LEASE_MS");
    uint64_t ms;
    if (text && parse_number(text, 1, LONGEST_MS, &ms))
        leases.length_ns = ms * 1000000;
}

static void renew_all(void)
{
    pthread_mutex_lock(&leases.lock);
    uint64_t until = clock_now_ns() + leases.length_ns;
    for (int i = 0; i < leases.count; i++)
        leases.held[i]->lease_until_ns = until;
    pthread_mutex_unlock(&leases.lock);
}

static void *run(void *arg)
{
    (void)arg;
    thread_become_real_time("chaos-lease", PRIORITY);
    pthread_mutex_lock(&leases.lock);
    owner_become();
    pthread_mutex_unlock(&leases.lock);
    struct pollfd sources[1 + LEASE_MAX_ENDS] = {{.fd = leases.stop, .events = POLLIN}};
    memcpy(sources + 1, leases.ends, sizeof leases.ends);
    nfds_t watched = 1 + (nfds_t)leases.end_count;
    for (;;) {
        int ready = poll(sources, watched, TURN_MS);
        if (ready > 0 && sources[0].revents)
            return NULL;
        if (ready > 0) {
            leases.ended();
            watched = 1;
        }
        renew_all();
    }
}

static int start(struct failure *f)
{
    read_length();
    leases.stop = eventfd(0, EFD_CLOEXEC);
    if (leases.stop < 0)
        return fail_errno(f, FAILED, "eventfd for the lease thread");
    if (!thread_start(&leases.thread, run, NULL, f))
        return 0;
    close(leases.stop);
    return -1;
}

/* The thread that renews must never wait for memory. */
static int make_room(struct failure *f)
{
    int room = leases.room ? 2 * leases.room : 64;
    if (leases.count < leases.room)
        return 0;
    volatile struct chaos_control **more = calloc((size_t)room, sizeof *more), **old = leases.held;
    if (!more)
        return fail(f, FAILED, 0, "no memory for a lease");
    pthread_mutex_lock(&leases.lock);
    for (int i = 0; i < leases.count; i++)
        more[i] = old[i];
    leases.held = more;
    leases.room = room;
    pthread_mutex_unlock(&leases.lock);
    free(old);
    return 0;
}

static int hold(volatile struct chaos_control *control, struct failure *f)
{
    if (make_room(f) || (leases.count == 0 && start(f)))
        return -1;
    pthread_mutex_lock(&leases.lock);
    leases.held[leases.count++] = control;
    owner_add(control);
    pthread_mutex_unlock(&leases.lock);
    renew_all();
    return 0;
}

/* Whether it was the last. */
static bool release(volatile struct chaos_control *control)
{
    pthread_mutex_lock(&leases.lock);
    int kept = 0;
    owner_remove(control);
    for (int i = 0; i < leases.count; i++)
        if (leases.held[i] != control)
            leases.held[kept++] = leases.held[i];
    bool last = leases.count > 0 && kept == 0;
    leases.count = kept;
    pthread_mutex_unlock(&leases.lock);
    return last;
}

static void end(void)
{
    eventfd_write(leases.stop, 1);
    pthread_join(leases.thread, NULL);
    close(leases.stop);
}

int lease_hold(volatile struct chaos_control *control, struct failure *f)
{
    pthread_mutex_lock(&leases.life);
    int rc = hold(control, f);
    pthread_mutex_unlock(&leases.life);
    return rc;
}

void lease_release(volatile struct chaos_control *control)
{
    pthread_mutex_lock(&leases.life);
    if (release(control))
        end();
    pthread_mutex_unlock(&leases.life);
}

void lease_watch(const struct pollfd *ends, int count, void (*ended)(void))
{
    leases.end_count = count < LEASE_MAX_ENDS ? count : LEASE_MAX_ENDS;
    memcpy(leases.ends, ends, (size_t)leases.end_count * sizeof *ends);
    leases.ended = ended;
}
