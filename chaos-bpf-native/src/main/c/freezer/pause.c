// SPDX-License-Identifier: Apache-2.0
#include "pause.h"

#include "clock.h"

static void note_once(uint64_t *moment)
{
    uint64_t none = 0;
    __atomic_compare_exchange_n(moment, &none, clock_now_ns(), false, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED);
}

bool pause_note(struct pause *pause)
{
    if (!frozen_pod_stands(&pause->pod))
        return false;
    note_once(&pause->frozen_ns);
    pause->control.first_hit_ns = pause->frozen_ns;
    pause->control.hit = pause->control.matched;
    return true;
}

void pause_end(struct pause *pause, enum pause_end why)
{
    __u32 lasts = PAUSE_LASTS;
    __atomic_compare_exchange_n(&pause->end, &lasts, why, false, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED);
    frozen_pod_thaw(&pause->pod);
    note_once(&pause->thawed_ns);
}

uint64_t pause_frozen_ns(const struct pause *pause)
{
    uint64_t from = pause->frozen_ns, to = pause->thawed_ns ? pause->thawed_ns : clock_now_ns();
    return from && to > from ? to - from : 0;
}
