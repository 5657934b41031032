// SPDX-License-Identifier: Apache-2.0
/* The switch and the counters that every BPF program has (struct chaos_control in chaos.h), seen from the C side. */
#ifndef CONTROL_H
#define CONTROL_H

#include <stdint.h>

#include "chaos.h"
#include "reply.h"

/* Let the fault act from now on; returns the time of the switch. The times of an earlier round are forgotten. */
uint64_t control_on(volatile struct chaos_control *control);

/* End it; returns the time of the switch. Without effect, and 0, unless it is on. From any thread. */
uint64_t control_off(volatile struct chaos_control *control);

/* Add mode, seen, matched, hit, bytes, expired, t_on_ns, t_first_hit_ns, t_off_ns, t_first_clean_ns. */
void control_stats(const volatile struct chaos_control *control, struct reply *reply);

#endif
