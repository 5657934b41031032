// SPDX-License-Identifier: Apache-2.0
#include "device.h"

#include <net/if.h>
#include <net/if_arp.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static int hardware_type(const char *name)
{
    struct ifreq request = {0};
    snprintf(request.ifr_name, sizeof request.ifr_name, "%s", name);
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    int rc = ioctl(fd, SIOCGIFHWADDR, &request);
    close(fd);
    return rc ? -1 : request.ifr_hwaddr.sa_family;
}

/* For the message: what there would be instead. */
static void list_devices(char *text, size_t size)
{
    struct if_nameindex *all = if_nameindex();
    for (struct if_nameindex *i = all; i && i->if_index; i++)
        snprintf(text + strlen(text), size - strlen(text), " %s", i->if_name);
    if (all)
        if_freenameindex(all);
}

const char *device_require(struct request *request, const struct hook **hook, struct failure *f)
{
    const char *name = request_get(request, "hook");
    *hook = name ? hook_require(name, f) : NULL;
    return name && !*hook ? NULL : request_require(request, "dev", f);
}

int device_find(const char *name, struct failure *f)
{
    int ifindex = strlen(name) < IF_NAMESIZE ? (int)if_nametoindex(name) : 0;
    if (!ifindex) {
        char devices[256] = "";
        list_devices(devices, sizeof devices);
        return fail(f, NO_TARGET, 0, "dev=%.40s: no such device in the target's network namespace, which has:%s", name,
                    devices);
    }
    int type = hardware_type(name);
    if (type == ARPHRD_ETHER)
        return ifindex;
    if (type == ARPHRD_LOOPBACK)
        return fail(f, UNSUPPORTED, 0,
                    "dev=%s is loopback, where a packet that is sent again is refused by routing; name the device that"
                    " leads to the peer",
                    name);
    return fail(f, UNSUPPORTED, 0, "dev=%s is not an Ethernet device (hardware type %d)", name, type);
}
