// SPDX-License-Identifier: Apache-2.0
#include "foreign_file.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "descriptors.h"
#include "own_ring.h"

/* Without asking a file system that may not answer. */
static mode_t kind_of(int fd)
{
    struct statx status;
    return statx(fd, "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC, STATX_TYPE, &status) ? 0 : status.stx_mode & S_IFMT;
}

static bool is_usable_socket(int fd, bool gives)
{
    int domain = 0;
    socklen_t size = sizeof domain;
    if (getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &size))
        return false;
    return domain == AF_INET || domain == AF_INET6 || (domain == AF_UNIX && !gives);
}

static bool is_usable(int fd, bool gives, bool *waits)
{
    mode_t kind = kind_of(fd);
    *waits = kind != S_IFREG;
    switch (kind) {
    case S_IFREG:
        return !(fcntl(fd, F_GETFL) & O_DIRECT);
    case S_IFIFO:
        return true;
    case S_IFSOCK:
        return is_usable_socket(fd, gives);
    default:
        return descriptors_is(fd, "anon_inode:[eventfd]") || descriptors_is(fd, "anon_inode:[timerfd]");
    }
}

struct foreign_file foreign_file_open(int pidfd, int descriptor, bool gives)
{
    struct foreign_file file = {.fd = (int)syscall(SYS_pidfd_getfd, pidfd, descriptor, 0)};
    if (file.fd >= 0 && !is_usable(file.fd, gives, &file.waits)) {
        own_ring_close(file.fd);
        file.fd = -1;
    }
    return file;
}
