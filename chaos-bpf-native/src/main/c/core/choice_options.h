// SPDX-License-Identifier: Apache-2.0
/* Which calls an `attach` means: probability_ppm=1..1000000 after=N count=N seed=N, all optional. */
#ifndef CHOICE_OPTIONS_H
#define CHOICE_OPTIONS_H

#include "choice.h"
#include "request.h"

/* Without keys: every call; without seed= one is drawn. */
int choice_options_parse(struct request *request, struct chaos_choice *choice, struct failure *f);

#endif
