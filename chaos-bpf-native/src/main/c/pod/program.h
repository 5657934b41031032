// SPDX-License-Identifier: Apache-2.0
#ifndef PROGRAM_H
#define PROGRAM_H

#include "plan.h"

/*
 * Become the program of a plan, in the root that we are in, with no more rights than the plan gives and no descriptors
 * but the first three. What fails is said on stderr. The exit code that is left to us, if it comes back.
 */
int program_become(const struct plan *plan);

#endif
