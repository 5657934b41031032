// SPDX-License-Identifier: Apache-2.0
#include "faults.h"

#include <string.h>

/* An agent that ends closes its connection: one that is only slow is waited for. */
#define LEASE_GRACE_NS 500000000ull

struct keeper_fault keeper_faults[MAX_KEEPER_FAULTS];
int keeper_faults_used;

struct keeper_fault *keeper_fault_new(int connection)
{
    int i = 0;
    while (i < keeper_faults_used && keeper_faults[i].connection >= 0)
        i++;
    if (i == MAX_KEEPER_FAULTS)
        return NULL;
    if (i == keeper_faults_used)
        keeper_faults_used++;
    keeper_faults[i] = (struct keeper_fault){.connection = connection, .namespace = NO_PID_NAMESPACE};
    return &keeper_faults[i];
}

void keeper_fault_free(struct keeper_fault *fault)
{
    *fault = (struct keeper_fault){.connection = -1, .namespace = NO_PID_NAMESPACE};
    while (keeper_faults_used > 0 && keeper_faults[keeper_faults_used - 1].connection < 0)
        keeper_faults_used--;
}

bool listener_is_of(const struct listener *listener, const struct keeper_fault *fault)
{
    const char *container = fault->shared->container;
    if (container[0])
        return !strcmp(container, listener->container);
    return pid_namespace_same(&listener->namespace, &fault->namespace);
}

bool fault_is_over(const struct keeper_fault *fault, uint64_t now_ns)
{
    const volatile struct chaos_control *control = &fault->shared->control;
    return control->mode != CHAOS_ON || now_ns > control->lease_until_ns + LEASE_GRACE_NS;
}

bool fault_is_active(const struct keeper_fault *fault, uint64_t now_ns)
{
    const volatile struct chaos_control *control = &fault->shared->control;
    return control->mode == CHAOS_ON && now_ns <= control->lease_until_ns;
}

static bool awaits_clean(const struct keeper_fault *fault)
{
    const volatile struct chaos_control *control = &fault->shared->control;
    return control->mode == CHAOS_LIFTED && !control->first_clean_ns;
}

bool fault_concerns(const struct keeper_fault *fault, const struct listener *listener)
{
    return fault->shared && (fault->shared->control.mode == CHAOS_ON || awaits_clean(fault)) &&
           listener_is_of(listener, fault);
}

bool fault_takes(struct keeper_fault *fault, uint64_t now_ns, uint64_t *n)
{
    struct uring_shared *shared = fault->shared;
    volatile struct chaos_control *control = &shared->control;
    if (!fault_is_active(fault, now_ns)) {
        if (control->mode == CHAOS_ON)
            control->expired++;
        else
            control->first_clean_ns = now_ns;
        return false;
    }
    *n = control->matched++;
    if (!choice_takes(&shared->options.choice, *n, &shared->chosen))
        return false;
    control->hit++;
    if (!control->first_hit_ns)
        control->first_hit_ns = now_ns;
    return true;
}

uint64_t fault_latency_ns(const struct keeper_fault *fault, uint64_t n)
{
    const struct uring_options *options = &fault->shared->options;
    return options->latency_ns ? choice_latency_ns(&options->choice, n, options->latency_ns, options->jitter_ns) : 0;
}
