// SPDX-License-Identifier: Apache-2.0
#ifndef VOLUME_H
#define VOLUME_H

/*
 * Write files of this machine, given as path, permissions (octal), group (-1: ours) and bytes (hexadecimal) each; then
 * show volumes in a root, parents first, given as directory of this machine, group of one that is made (-1: none), part
 * of it (empty: all), target and "ro" or "rw" each. A directory or a part that is missing is made, for everybody to
 * write to. Containers may have left symbolic links in a volume: none is followed. What fails is said on stderr.
 */
int volume_files(char **files);
int volume_mounts(int root, char **volumes);

#endif
