// SPDX-License-Identifier: Apache-2.0
#ifndef INSIDE_H
#define INSIDE_H

/*
 * Go into the namespaces of a container's process, a number of /proc: our root is the container's then, and our
 * children, not we, are in its pid namespace. It must be below our own pid namespace, and have a root of its own
 * already. 0, or -1 after words on stderr.
 */
int inside_join(const char *process);

#endif
