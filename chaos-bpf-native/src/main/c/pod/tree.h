// SPDX-License-Identifier: Apache-2.0
/* Mounts by their descriptors: no path to one can be changed by whoever writes in it. */
#ifndef TREE_H
#define TREE_H

/* What a descriptor is, as one more mount that nobody sees yet; -1 with errno. What is mounted below is left out. */
int tree_clone(int fd);

/* Let it be seen where another descriptor is. */
int tree_place(int tree, int target);

/* From now on nothing can be written there, but in what is mounted below. */
int tree_protect(int tree);

#endif
