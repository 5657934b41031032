// SPDX-License-Identifier: Apache-2.0
#include "tc.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/pkt_cls.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define ANSWER_SIZE 32768

struct tc_request {
    struct nlmsghdr header;
    struct tcmsg tc;
    char attributes[256];
};

int tc_open(uint32_t address)
{
    const struct timeval patience = {.tv_sec = 2}; /* the kernel answers at once */
    const struct sockaddr_nl at = {.nl_family = AF_NETLINK, .nl_pid = address};
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
    if (fd < 0)
        return -errno;
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (!bind(fd, (const struct sockaddr *)&at, sizeof at))
        return fd;
    int err = errno;
    close(fd);
    return -err;
}

/* ---- requests ---- */

static struct tc_request request_of(uint16_t type, uint16_t flags, int ifindex)
{
    return (struct tc_request){
        .header = {.nlmsg_len = NLMSG_LENGTH(sizeof(struct tcmsg)), .nlmsg_type = type, .nlmsg_flags = flags},
        .tc = {.tcm_family = AF_UNSPEC, .tcm_ifindex = ifindex},
    };
}

static struct rtattr *add(struct tc_request *request, uint16_t type, const void *value, size_t size)
{
    struct rtattr *attribute = (struct rtattr *)((char *)request + NLMSG_ALIGN(request->header.nlmsg_len));
    attribute->rta_type = type;
    attribute->rta_len = (uint16_t)RTA_LENGTH(size);
    if (size)
        memcpy(RTA_DATA(attribute), value, size);
    request->header.nlmsg_len = (uint32_t)(NLMSG_ALIGN(request->header.nlmsg_len) + RTA_ALIGN(attribute->rta_len));
    return attribute;
}

static int error_of(const struct nlmsghdr *header)
{
    return header->nlmsg_len < NLMSG_LENGTH(sizeof(int)) ? 0 : *(const int *)NLMSG_DATA(header);
}

/* Send, and take the messages of the answer up to its end. */
static int ask(int fd, struct tc_request *request, void (*take)(const struct nlmsghdr *, void *), void *arg)
{
    _Alignas(struct nlmsghdr) char answer[ANSWER_SIZE];
    request->header.nlmsg_flags |= NLM_F_REQUEST;
    if (send(fd, request, request->header.nlmsg_len, 0) < 0)
        return -errno;
    for (;;) {
        ssize_t size = recv(fd, answer, sizeof answer, 0);
        if (size <= 0)
            return size ? -errno : -EPIPE;
        const struct nlmsghdr *header = (const struct nlmsghdr *)answer;
        for (size_t left = (size_t)size; NLMSG_OK(header, left); header = NLMSG_NEXT(header, left)) {
            if (header->nlmsg_type == NLMSG_DONE || header->nlmsg_type == NLMSG_ERROR)
                return error_of(header);
            if (take)
                take(header, arg);
        }
    }
}

static int change_clsact(int fd, uint16_t type, uint16_t flags, int ifindex)
{
    struct tc_request request = request_of(type, NLM_F_ACK | flags, ifindex);
    request.tc.tcm_parent = TC_H_CLSACT;
    request.tc.tcm_handle = TC_H_MAKE(TC_H_CLSACT, 0);
    add(&request, TCA_KIND, "clsact", sizeof "clsact");
    return ask(fd, &request, NULL, NULL);
}

int tc_add_clsact(int fd, int ifindex)
{
    return change_clsact(fd, RTM_NEWQDISC, NLM_F_CREATE | NLM_F_EXCL, ifindex);
}

int tc_delete_clsact(int fd, int ifindex)
{
    return change_clsact(fd, RTM_DELQDISC, 0, ifindex);
}

/* ---- filters ---- */

static uint32_t parent_of(enum hook_side side)
{
    return TC_H_MAKE(TC_H_CLSACT, side == HOOK_EGRESS ? TC_H_MIN_EGRESS : TC_H_MIN_INGRESS);
}

static struct tc_request about_filter(uint16_t type, uint16_t flags, const struct tc_filter *filter)
{
    struct tc_request request = request_of(type, NLM_F_ACK | flags, filter->ifindex);
    request.tc.tcm_parent = parent_of(filter->side);
    request.tc.tcm_info = TC_H_MAKE((uint32_t)filter->priority << 16, htons(ETH_P_ALL));
    request.tc.tcm_handle = filter->handle;
    add(&request, TCA_KIND, "bpf", sizeof "bpf");
    return request;
}

int tc_add_filter(int fd, const struct tc_filter *filter, int program)
{
    const uint32_t flags = TCA_BPF_FLAG_ACT_DIRECT;
    struct tc_request request = about_filter(RTM_NEWTFILTER, NLM_F_CREATE | NLM_F_EXCL, filter);
    struct rtattr *options = add(&request, TCA_OPTIONS, NULL, 0);
    add(&request, TCA_BPF_FD, &program, sizeof program);
    add(&request, TCA_BPF_NAME, filter->name, strlen(filter->name) + 1);
    add(&request, TCA_BPF_FLAGS, &flags, sizeof flags);
    options->rta_len = (uint16_t)((char *)&request + request.header.nlmsg_len - (char *)options);
    return ask(fd, &request, NULL, NULL);
}

int tc_delete_filter(int fd, const struct tc_filter *filter)
{
    struct tc_request request = about_filter(RTM_DELTFILTER, 0, filter);
    return ask(fd, &request, NULL, NULL);
}

struct listing {
    struct tc_filter *filters;
    enum hook_side side;
    int count, room;
};

static const struct rtattr *find(const struct rtattr *attribute, size_t left, uint16_t type)
{
    for (; RTA_OK(attribute, left); attribute = RTA_NEXT(attribute, left))
        if ((attribute->rta_type & NLA_TYPE_MASK) == type)
            return attribute;
    return NULL;
}

static void read_name(const struct nlmsghdr *header, const struct tcmsg *tc, char *name)
{
    const struct rtattr *all = (const struct rtattr *)((const char *)tc + NLMSG_ALIGN(sizeof *tc));
    size_t left = header->nlmsg_len - NLMSG_LENGTH(sizeof *tc);
    const struct rtattr *kind = find(all, left, TCA_KIND), *options = find(all, left, TCA_OPTIONS);
    if (!kind || strcmp(RTA_DATA(kind), "bpf") || !options)
        return;
    const struct rtattr *found = find(RTA_DATA(options), RTA_PAYLOAD(options), TCA_BPF_NAME);
    if (found)
        snprintf(name, TC_NAME_SIZE, "%.*s", (int)RTA_PAYLOAD(found), (const char *)RTA_DATA(found));
}

static void take_filter(const struct nlmsghdr *header, void *arg)
{
    struct listing *listing = arg;
    const struct tcmsg *tc = NLMSG_DATA(header);
    if (header->nlmsg_type != RTM_NEWTFILTER || header->nlmsg_len < NLMSG_LENGTH(sizeof *tc) || !tc->tcm_handle)
        return; /* without a handle: what is the same of all of one priority */
    if (listing->count < listing->room) {
        struct tc_filter *filter = &listing->filters[listing->count];
        *filter =
            (struct tc_filter){tc->tcm_ifindex, listing->side, (uint16_t)(tc->tcm_info >> 16), tc->tcm_handle, ""};
        read_name(header, tc, filter->name);
    }
    listing->count++;
}

int tc_list_filters(int fd, int ifindex, enum hook_side side, struct tc_filter *filters, int room)
{
    struct listing listing = {.filters = filters, .side = side, .room = room};
    struct tc_request request = request_of(RTM_GETTFILTER, NLM_F_DUMP, ifindex);
    request.tc.tcm_parent = parent_of(side);
    int rc = ask(fd, &request, take_filter, &listing);
    return rc ? rc : listing.count;
}
