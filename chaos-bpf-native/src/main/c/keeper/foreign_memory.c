// SPDX-License-Identifier: Apache-2.0
#include "foreign_memory.h"

#include <stdlib.h>

#define MOST_PARTS 1024 /* UIO_MAXIOV */

bool foreign_read(pid_t pid, uint64_t address, void *to, size_t size)
{
    const struct iovec part = {(void *)(uintptr_t)address, size};
    return foreign_gather(pid, &part, 1, to, size);
}

bool foreign_write(pid_t pid, uint64_t address, const void *from, size_t size)
{
    const struct iovec part = {(void *)(uintptr_t)address, size};
    return foreign_scatter(pid, &part, 1, from, size);
}

bool foreign_gather(pid_t pid, const struct iovec *parts, uint32_t n, char *to, size_t size)
{
    const struct iovec here = {to, size};
    return size == 0 || process_vm_readv(pid, &here, 1, parts, n, 0) == (ssize_t)size;
}

bool foreign_scatter(pid_t pid, const struct iovec *parts, uint32_t n, const char *from, size_t size)
{
    const struct iovec here = {(void *)from, size};
    return size == 0 || process_vm_writev(pid, &here, 1, parts, n, 0) == (ssize_t)size;
}

struct iovec *foreign_parts(pid_t pid, uint64_t address, uint64_t n, uint32_t most, uint32_t *size)
{
    if (n == 0 || n > MOST_PARTS)
        return NULL;
    struct iovec *parts = calloc(n, sizeof *parts);
    bool good = parts && foreign_read(pid, address, parts, n * sizeof *parts);
    *size = 0;
    for (uint64_t i = 0; good && i < n; i++) {
        good = parts[i].iov_len <= most - *size;
        *size += good ? (uint32_t)parts[i].iov_len : 0;
    }
    if (good)
        return parts;
    free(parts);
    return NULL;
}
