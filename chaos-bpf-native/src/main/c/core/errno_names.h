// SPDX-License-Identifier: Apache-2.0
/* Names of errnos. */
#ifndef ERRNO_NAMES_H
#define ERRNO_NAMES_H

#define ERRNO_LAST 133 /* EHWPOISON; what is above is the kernel's own, such as ERESTARTSYS */

/* "ENOENT"; "0" for none, the number where the name is not known. Not thread safe for unknown numbers. */
const char *errno_name(int err);

/* The number of a name, 0 if there is none. */
int errno_of(const char *name);

#endif
