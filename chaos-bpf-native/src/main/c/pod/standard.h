// SPDX-License-Identifier: Apache-2.0
#ifndef STANDARD_H
#define STANDARD_H

/* What every container has, as engines make it: /proc, with what is the machine's read-only or hidden, /sys read-only,
 * /dev with the harmless devices, and a /tmp: below a root that is to be read-only, a plain directory. */
int standard_mounts(int root, int read_only);

#endif
