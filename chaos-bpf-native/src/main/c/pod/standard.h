// SPDX-License-Identifier: Apache-2.0
#ifndef STANDARD_H
#define STANDARD_H

/* What every container has, as engines make it: /proc, with what is the machine's read-only or hidden, /sys read-only,
 * /dev with the harmless devices, and /tmp. */
int standard_mounts(int root);

#endif
