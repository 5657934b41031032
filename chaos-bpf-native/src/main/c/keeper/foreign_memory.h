// SPDX-License-Identifier: Apache-2.0
/* Memory of another process, by its own addresses: nothing of what it says is true until it was read. */
#ifndef KEEPER_FOREIGN_MEMORY_H
#define KEEPER_FOREIGN_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <sys/uio.h>

/* All of it, or false. */
bool foreign_read(pid_t pid, uint64_t address, void *to, size_t size);
bool foreign_write(pid_t pid, uint64_t address, const void *from, size_t size);

/* The first bytes of what lies in n parts there, n at most 1024; false unless all of them. */
bool foreign_gather(pid_t pid, const struct iovec *parts, uint32_t n, char *to, size_t size);
bool foreign_scatter(pid_t pid, const struct iovec *parts, uint32_t n, const char *from, size_t size);

/* Copy an array of n parts, at most `most` bytes in all. NULL if it cannot be read, is too large, or n is no number
 * from 1 to 1024. *size: the bytes. */
struct iovec *foreign_parts(pid_t pid, uint64_t address, uint64_t n, uint32_t most, uint32_t *size);

#endif
