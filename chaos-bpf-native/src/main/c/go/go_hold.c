// SPDX-License-Identifier: Apache-2.0
#include "go_hold.h"

#include "go_tracer.h"

uint64_t go_hold_closing_ms(const struct go_hold *hold)
{
    return uprobe_closing_ms(&hold->probes[0]) + uprobe_closing_ms(&hold->probes[1]);
}

/* The tracer after the probes: what they send, it has to catch. */
void go_hold_detach(struct go_hold *hold)
{
    for (int i = 1; i >= 0; i--)
        uprobe_detach(&hold->probes[i]);
    if (hold->traced)
        go_tracer_remove(hold->traced, hold->site.holds);
    if (hold->skeleton)
        hold->destroy(hold->skeleton);
}
