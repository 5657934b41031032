// SPDX-License-Identifier: Apache-2.0
/*
 * The few requests about traffic control that a program on a device needs (rtnetlink). All answer 0 or -errno, and are
 * about the network namespace in which the socket was made.
 */
#ifndef TC_H
#define TC_H

#include <stdint.h>

#include "hook.h"

#define TC_NAME_SIZE 64

struct tc_filter {
    int ifindex;
    enum hook_side side;
    uint16_t priority;
    uint32_t handle;
    char name[TC_NAME_SIZE]; /* empty: it is no filter by BPF */
};

/* A socket with this address, of those that the kernel never gives by itself: -EADDRINUSE while another has it. */
int tc_open(uint32_t address);

int tc_add_clsact(int fd, int ifindex); /* -EEXIST: it has that or an ingress qdisc */
int tc_delete_clsact(int fd, int ifindex);

int tc_add_filter(int fd, const struct tc_filter *filter, int program);
int tc_delete_filter(int fd, const struct tc_filter *filter);

/* How many there are on one side of a device, at most `room` of which are told. */
int tc_list_filters(int fd, int ifindex, enum hook_side side, struct tc_filter *filters, int room);

#endif
