// SPDX-License-Identifier: Apache-2.0
#ifndef RIGHTS_H
#define RIGHTS_H

#include "plan.h"

/*
 * Become a plan's user, with its groups, and its capabilities at the most, for good: nothing that is executed gains
 * more. Calls that change the machine or leave namespaces are refused whatever the user is, as engines' default profile
 * does.
 */
int rights_reduce(const struct plan *plan);

#endif
