// SPDX-License-Identifier: Apache-2.0
#ifndef RIGHTS_H
#define RIGHTS_H

#include <stdint.h>

/*
 * Become this user and group, with these capabilities at the most, for good: nothing that is executed gains more. Calls
 * that change the machine or leave namespaces are refused whatever the user is, as engines' default profile does.
 */
int rights_reduce(uint32_t user, uint32_t group, uint64_t capabilities);

#endif
