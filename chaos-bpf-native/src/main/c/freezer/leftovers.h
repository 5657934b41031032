// SPDX-License-Identifier: Apache-2.0
/* Cgroups of this machine that a helper froze and, killed with its guardian, could not thaw. */
#ifndef LEFTOVERS_H
#define LEFTOVERS_H

/* Thaw them; how many there were. Those that a living helper pauses are left alone. */
int leftovers_thaw(void);

#endif
