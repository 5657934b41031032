// SPDX-License-Identifier: Apache-2.0
#include "descriptors.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#define BACKLOG 64

/* Room for the header of a message with descriptors, and for these. */
union control {
    char bytes[CMSG_SPACE(DESCRIPTORS_MAX * sizeof(int))];
    struct cmsghdr aligned;
};

static int open_socket(const char *path, int type, struct sockaddr_un *address)
{
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address->sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    strcpy(address->sun_path, path);
    return socket(AF_UNIX, type | SOCK_CLOEXEC, 0);
}

/* It never has other rights than these, not even for a moment. */
static int bind_as(int socket, const struct sockaddr_un *address, mode_t mode)
{
    mode_t before = umask(0777 & ~mode);
    int rc = bind(socket, (const struct sockaddr *)address, sizeof *address);
    umask(before);
    return rc;
}

int descriptors_listen(const char *path, int type, mode_t mode)
{
    struct sockaddr_un address;
    int socket = open_socket(path, type | SOCK_NONBLOCK, &address);
    if (socket < 0)
        return -1;
    unlink(path); /* of a keeper that was killed */
    if (!bind_as(socket, &address, mode) && !listen(socket, BACKLOG))
        return socket;
    int err = errno;
    close(socket);
    errno = err;
    return -1;
}

int descriptors_connect(const char *path, int type)
{
    struct sockaddr_un address;
    int socket = open_socket(path, type, &address);
    if (socket < 0 || !connect(socket, (struct sockaddr *)&address, sizeof address))
        return socket;
    int err = errno;
    close(socket);
    errno = err;
    return -1;
}

int descriptors_send(int socket, const char *bytes, size_t size, const int *descriptors, int n)
{
    union control control = {0};
    struct iovec part = {(void *)bytes, size};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (n > 0) {
        message.msg_control = &control;
        message.msg_controllen = CMSG_SPACE((size_t)n * sizeof(int));
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        *header = (struct cmsghdr){
            .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN((size_t)n * sizeof(int))};
        memcpy(CMSG_DATA(header), descriptors, (size_t)n * sizeof(int));
    }
    return sendmsg(socket, &message, MSG_NOSIGNAL) < 0 ? -1 : 0;
}

ssize_t descriptors_receive(int socket, char *bytes, size_t size, int *descriptors, int n)
{
    union control control;
    struct iovec part = {bytes, size};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = &control,
                             .msg_controllen =
                                 CMSG_LEN((size_t)n * sizeof(int))}; /* CMSG_SPACE has room for one more */
    for (int i = 0; i < n; i++)
        descriptors[i] = -1;
    ssize_t got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    struct cmsghdr *header = got >= 0 ? CMSG_FIRSTHDR(&message) : NULL;
    if (header && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS)
        memcpy(descriptors, CMSG_DATA(header), header->cmsg_len - CMSG_LEN(0));
    return got;
}

bool descriptors_is(int descriptor, const char *kind)
{
    char path[64], link[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
    ssize_t n = readlink(path, link, sizeof link);
    return n >= 0 && (size_t)n == strlen(kind) && !memcmp(link, kind, (size_t)n);
}

void descriptors_close(const int *descriptors, int n)
{
    for (int i = 0; i < n; i++)
        if (descriptors[i] >= 0)
            close(descriptors[i]);
}

void descriptors_keep(const int *kept, int count)
{
    unsigned int from = 0;
    for (;;) {
        unsigned int next = ~0u;
        for (int i = 0; i < count; i++)
            if ((unsigned int)kept[i] >= from && (unsigned int)kept[i] < next)
                next = (unsigned int)kept[i];
        if (next > from)
            syscall(SYS_close_range, from, next - 1, 0);
        if (next == ~0u)
            return;
        from = next + 1;
    }
}
