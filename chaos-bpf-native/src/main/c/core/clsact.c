// SPDX-License-Identifier: Apache-2.0
#include "clsact.h"

#include <errno.h>
#include <linux/membarrier.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tc.h"

#define MOST_FILTERS 64     /* that are looked at, on one side of a device */
#define FIRST_PRIORITIES 16 /* one where filters of another kind are cannot be ours */
#define LAST_PRIORITY 0xffff
#define ADDRESS_BITS 0xc4a00000u /* of our sockets: what the kernel gives by itself is a process id, or near these */

/* One thing at a time on all devices: a qdisc must not go while another adds its filter. */
static pthread_mutex_t changing = PTHREAD_MUTEX_INITIALIZER;

/* ---- what others of us left ---- */

static bool is_ours(const struct tc_filter *filter)
{
    return !strcmp(filter->name, CLSACT_NAME) || !strcmp(filter->name, CLSACT_NAME_OWN_QDISC);
}

static bool has_owner(const struct tc_filter *filter)
{
    int fd = tc_open(filter->handle);
    if (fd >= 0)
        close(fd);
    return fd == -EADDRINUSE;
}

/* Remove the filters of owners that are gone. Whether the qdisc is of our making, as one of ours tells. */
static bool sweep(int fd, int ifindex, enum hook_side side)
{
    struct tc_filter filters[MOST_FILTERS];
    bool own_qdisc = false;
    int count = tc_list_filters(fd, ifindex, side, filters, MOST_FILTERS);
    for (int i = 0; i < count && i < MOST_FILTERS; i++) {
        if (!is_ours(&filters[i]))
            continue;
        own_qdisc |= !strcmp(filters[i].name, CLSACT_NAME_OWN_QDISC);
        if (!has_owner(&filters[i]))
            tc_delete_filter(fd, &filters[i]);
    }
    return own_qdisc;
}

/* ---- attach ---- */

static int open_with_address(struct hooked *hooked)
{
    do {
        if (getrandom(&hooked->handle, sizeof hooked->handle, 0) != sizeof hooked->handle)
            return -errno;
        hooked->handle = ADDRESS_BITS | (hooked->handle & 0xfffff);
        hooked->fd = tc_open(hooked->handle);
    } while (hooked->fd == -EADDRINUSE);
    return hooked->fd < 0 ? hooked->fd : 0;
}

static struct tc_filter filter_of(const struct hooked *hooked)
{
    struct tc_filter filter = {hooked->ifindex, hooked->side, hooked->priority, hooked->handle, ""};
    snprintf(filter.name, sizeof filter.name, "%s", hooked->own_qdisc ? CLSACT_NAME_OWN_QDISC : CLSACT_NAME);
    return filter;
}

static int add_qdisc(struct hooked *hooked)
{
    bool left = sweep(hooked->fd, hooked->ifindex, HOOK_INGRESS);
    left |= sweep(hooked->fd, hooked->ifindex, HOOK_EGRESS);
    int rc = tc_add_clsact(hooked->fd, hooked->ifindex);
    hooked->own_qdisc = !rc || left;
    return rc == -EEXIST ? 0 : rc;
}

static int add_filter(struct hooked *hooked, int program, enum hook_place place)
{
    int rc = -EINVAL;
    for (int first = 1; rc == -EINVAL && first <= FIRST_PRIORITIES; first++) {
        hooked->priority = (uint16_t)(place == HOOK_FIRST ? first : LAST_PRIORITY + 1 - first);
        struct tc_filter filter = filter_of(hooked);
        rc = tc_add_filter(hooked->fd, &filter, program);
    }
    return rc;
}

/* Once nothing is on it. */
static void remove_qdisc(const struct hooked *hooked)
{
    if (hooked->own_qdisc && !tc_list_filters(hooked->fd, hooked->ifindex, HOOK_INGRESS, NULL, 0) &&
        !tc_list_filters(hooked->fd, hooked->ifindex, HOOK_EGRESS, NULL, 0))
        tc_delete_clsact(hooked->fd, hooked->ifindex);
}

static int refuse(const struct hooked *hooked, const char *step, int rc, struct failure *f)
{
    const char *side = hooked->side == HOOK_EGRESS ? "egress" : "ingress";
    errno = -rc;
    if (errno == ENODEV)
        return fail_errno(f, NO_TARGET, "%s for %s of interface %d", step, side, hooked->ifindex);
    return fail_errno(f, UNSUPPORTED, "%s for %s of interface %d (needs CONFIG_NET_SCH_INGRESS and CONFIG_NET_CLS_BPF)",
                      step, side, hooked->ifindex);
}

static int attach_filter(struct hooked *hooked, int program, enum hook_place place, struct failure *f)
{
    int rc = add_qdisc(hooked);
    if (rc)
        return refuse(hooked, "the qdisc clsact", rc, f);
    rc = add_filter(hooked, program, place);
    if (!rc)
        return 0;
    remove_qdisc(hooked);
    return refuse(hooked, "a BPF filter on clsact", rc, f);
}

static int attach(struct hooked *hooked, int program, enum hook_place place, struct failure *f)
{
    int rc = open_with_address(hooked);
    if (rc)
        return refuse(hooked, "a netlink socket", rc, f);
    pthread_mutex_lock(&changing);
    rc = attach_filter(hooked, program, place, f);
    pthread_mutex_unlock(&changing);
    if (rc)
        close(hooked->fd);
    return rc;
}

/* The kernel does not wait until a filter that is gone runs nowhere; this barrier does. */
static void detach(struct hooked *hooked)
{
    struct tc_filter filter = filter_of(hooked);
    pthread_mutex_lock(&changing);
    if (!tc_delete_filter(hooked->fd, &filter))
        syscall(SYS_membarrier, MEMBARRIER_CMD_GLOBAL, 0, 0);
    remove_qdisc(hooked);
    pthread_mutex_unlock(&changing);
    close(hooked->fd);
}

const struct hook clsact_hook = {.name = "clsact", .attach = attach, .close = detach};
