// SPDX-License-Identifier: Apache-2.0
/* What a rule of sudoers for this program alone must not give: root. */
#ifndef KEEPER_SUDO_H
#define KEEPER_SUDO_H

#include <stdbool.h>

/*
 * Whether SUDO_COMMAND names this very program: sudo was asked for it, and not for a shell that started it. command:
 * its value, NULL without sudo. Its words are not told apart by anything but spaces, which a path may have as well.
 */
bool sudo_names_us(const char *command);

/* Refuse what runs or writes whatever it is told, as root: says so on stderr and returns true. */
bool sudo_refuses(const char *verb);

#endif
