// SPDX-License-Identifier: Apache-2.0
/* Which share of the packets an `attach` means, and how those that are hit follow each other. */
#ifndef CHANCE_OPTIONS_H
#define CHANCE_OPTIONS_H

#include "chance.h"
#include "request.h"

/* probability_ppm=1..1000000 [correlation=0..less than 100] seed=N; without a probability every packet is hit. */
int chance_options_parse(struct request *request, uint64_t seed, struct chance *chance, struct failure *f);

/* The same, or in bursts: probability_ppm= burst=1..100000 [burst_ppm=] [quiet_ppm=]. */
int chance_bursts_parse(struct request *request, uint64_t seed, struct chance *chance, struct failure *f);

#endif
