// SPDX-License-Identifier: Apache-2.0
#include "lease.h"

#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "clock.h"
#include "request.h"
#include "thread.h"

#define MAX_LEASES 64
#define LONGEST_MS 10000
#define TURN_MS 5   /* a tenth of the lease: several turns may come late before it runs out */
#define PRIORITY 51 /* above the delay lines, whose last microseconds are spent spinning */

static struct {
    pthread_mutex_t lock;
    volatile struct chaos_control *held[MAX_LEASES];
    int count;
    pthread_t thread;
    int stop; /* eventfd, readable when the thread has to end */
    uint64_t length_ns;
} leases = {.lock = PTHREAD_MUTEX_INITIALIZER, .length_ns = CHAOS_LEASE_NS};

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
    struct pollfd stop = {.fd = leases.stop, .events = POLLIN};
    while (poll(&stop, 1, TURN_MS) <= 0)
        renew_all();
    return NULL;
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

int lease_hold(volatile struct chaos_control *control, struct failure *f)
{
    if (leases.count == MAX_LEASES)
        return fail(f, FAILED, 0, "%d faults hold a lease, more are not possible", MAX_LEASES);
    if (leases.count == 0 && start(f))
        return -1;
    pthread_mutex_lock(&leases.lock);
    leases.held[leases.count++] = control;
    pthread_mutex_unlock(&leases.lock);
    renew_all();
    return 0;
}

void lease_release(volatile struct chaos_control *control)
{
    pthread_mutex_lock(&leases.lock);
    int kept = 0;
    for (int i = 0; i < leases.count; i++)
        if (leases.held[i] != control)
            leases.held[kept++] = leases.held[i];
    bool last = leases.count > 0 && kept == 0;
    leases.count = kept;
    pthread_mutex_unlock(&leases.lock);
    if (!last)
        return;
    eventfd_write(leases.stop, 1);
    pthread_join(leases.thread, NULL);
    close(leases.stop);
}
