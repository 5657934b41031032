// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* For programs that hit a share of what they meet: the two directions are drawn independently of each other. */
#ifndef CHANCE_BPF_H
#define CHANCE_BPF_H

#include "chance.h"

const volatile struct chance chance; /* .rodata, set before loading */
volatile struct chance_state egress_chance, ingress_chance;

static __always_inline bool chance_of(bool egress)
{
    return egress ? chance_hits(&chance, chance.seed, &egress_chance)
                  : chance_hits(&chance, ~chance.seed, &ingress_chance);
}

#endif
