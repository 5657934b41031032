// SPDX-License-Identifier: Apache-2.0
/* What the kernel writes when a thread that owns controls is killed. */
#include "owner.h"

#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

#define CONTROLS 3

static volatile struct chaos_control *controls; /* shared with a child process */

static void *own(void *arg)
{
    owner_become();
    return arg;
}

static void *own_for_ever(void *arg)
{
    own(arg);
    for (int i = 0; i < CONTROLS; i++)
        owner_add(&controls[i]);
    owner_remove(&controls[1]);
    controls[0].mode = CHAOS_ON; /* the parent waits for this */
    pause();
    return NULL;
}

static void await(volatile __u32 *word, __u32 value)
{
    for (int ms = 0; *word != value && ms < 5000; ms++)
        usleep(1000);
    CHECK_EQUAL(*word, value);
}

static pid_t start_owner(void)
{
    pid_t child = fork();
    if (child)
        return child;
    pthread_t thread;
    pthread_create(&thread, NULL, own_for_ever, NULL);
    pthread_join(thread, NULL);
    _exit(0);
}

static void the_kernel_marks_what_a_killed_thread_owned(void)
{
    pid_t child = start_owner();
    await(&controls[0].mode, CHAOS_ON);
    CHECK(controls[0].owner > 0 && controls[0].owner < CHAOS_OWNER_DIED);
    CHECK_EQUAL(controls[0].owner, controls[2].owner);
    kill(child, SIGKILL);
    await(&controls[0].owner, CHAOS_OWNER_DIED);
    await(&controls[2].owner, CHAOS_OWNER_DIED);
    CHECK_EQUAL(controls[1].owner, 0); /* removed before */
    waitpid(child, NULL, 0);
}

static void what_is_added_before_the_thread_runs_has_an_owner_once_it_does(void)
{
    pthread_t thread;
    owner_add(&controls[1]);
    CHECK_EQUAL(controls[1].owner, 0);
    pthread_create(&thread, NULL, own, NULL);
    pthread_join(thread, NULL);
    CHECK_EQUAL(controls[1].owner, CHAOS_OWNER_DIED); /* it has ended by now */
    owner_remove(&controls[1]);
}

int main(void)
{
    controls = mmap(NULL, sizeof *controls * CONTROLS, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    RUN(the_kernel_marks_what_a_killed_thread_owned);
    RUN(what_is_added_before_the_thread_runs_has_an_owner_once_it_does);
    return check_summary();
}
