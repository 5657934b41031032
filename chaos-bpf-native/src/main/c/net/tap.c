// SPDX-License-Identifier: Apache-2.0
/* The TAP through which held packets enter a device's receive path. */
#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "resend.h"

/* In a container without /dev/net/tun, a node of our own does as well; it is gone again before this returns. */
static int open_own_node(void)
{
    char path[64];
    snprintf(path, sizeof path, "/dev/.chaos-tun-%d", getpid());
    if (mknod(path, S_IFCHR | 0600, makedev(10, 200)))
        return -1;
    int fd = open(path, O_RDWR | O_CLOEXEC);
    int err = errno;
    unlink(path);
    errno = err;
    return fd;
}

static int open_tun(void)
{
    int fd = open("/dev/net/tun", O_RDWR | O_CLOEXEC);
    if (fd >= 0 || errno != ENOENT)
        return fd;
    fd = open_own_node();
    if (fd < 0)
        errno = ENOENT;
    return fd;
}

/* Best effort: without it the kernel gives the TAP a link-local address that applications could list. */
static void disable_ipv6(const char *name)
{
    char path[96];
    snprintf(path, sizeof path, "/proc/sys/net/ipv6/conf/%s/disable_ipv6", name);
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return;
    if (write(fd, "1", 1) < 0)
        errno = 0;
    close(fd);
}

static int bring_up(struct ifreq *request, int *ifindex)
{
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    request->ifr_flags = IFF_UP | IFF_NOARP;
    int rc = ioctl(fd, SIOCSIFFLAGS, request) || ioctl(fd, SIOCGIFINDEX, request);
    *ifindex = request->ifr_ifindex;
    close(fd);
    return rc;
}

int resend_open_ingress(int *ifindex, struct failure *f)
{
    struct ifreq request = {.ifr_name = "chaos%d"}; /* the kernel takes the first free number */
    int fd = open_tun();
    if (fd < 0)
        return fail_errno(f, UNSUPPORTED, "opening /dev/net/tun, needed to delay ingress (missing in this container?)");
    request.ifr_flags = IFF_TAP | IFF_NO_PI | IFF_VNET_HDR;
    if (ioctl(fd, TUNSETIFF, &request)) {
        fail_errno(f, UNSUPPORTED, "creating a TAP (needs CAP_NET_ADMIN)");
        close(fd);
        return -1;
    }
    disable_ipv6(request.ifr_name);
    if (!bring_up(&request, ifindex))
        return fd;
    fail_errno(f, FAILED, "bringing the TAP %s up", request.ifr_name);
    close(fd);
    return -1;
}
