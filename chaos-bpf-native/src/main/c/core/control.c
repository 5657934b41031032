// SPDX-License-Identifier: Apache-2.0
#include "control.h"

#include <stdbool.h>

#include "clock.h"

uint64_t control_on(volatile struct chaos_control *control)
{
    control->first_hit_ns = 0;
    control->first_clean_ns = 0;
    control->off_ns = 0;
    uint64_t now = control->on_ns = clock_now_ns();
    __atomic_store_n(&control->mode, CHAOS_ON, __ATOMIC_RELEASE);
    return now;
}

uint64_t control_off(volatile struct chaos_control *control)
{
    __u32 on = CHAOS_ON;
    if (control->mode != on)
        return 0;
    uint64_t now = control->off_ns = clock_now_ns();
    return __atomic_compare_exchange_n(&control->mode, &on, CHAOS_LIFTED, false, __ATOMIC_RELEASE, __ATOMIC_RELAXED)
               ? now
               : 0;
}

void control_stats(const volatile struct chaos_control *control, struct reply *reply)
{
    reply_word(reply, "mode", "%s", control->mode == CHAOS_ON ? "on" : "pass");
    reply_number(reply, "seen", control->seen);
    reply_number(reply, "matched", control->matched);
    reply_number(reply, "hit", control->hit);
    reply_number(reply, "bytes", control->bytes);
    reply_number(reply, "expired", control->expired);
    reply_number(reply, "t_on_ns", control->on_ns);
    reply_number(reply, "t_first_hit_ns", control->first_hit_ns);
    reply_number(reply, "t_off_ns", control->off_ns);
    reply_number(reply, "t_first_clean_ns", control->first_clean_ns);
}
