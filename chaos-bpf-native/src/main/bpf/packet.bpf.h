// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* The headers of a packet on an Ethernet device, as far as a filter asks for them. */
#ifndef PACKET_BPF_H
#define PACKET_BPF_H

#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>

#include "tcx.bpf.h"

#define IPV4_FRAGMENT_OFFSET 0x1fff
#define IPV6_FRAGMENT_OFFSET 0xfff8
#define MAX_EXTENSION_HEADERS 4

struct packet {
    __u32 source[4], destination[4]; /* IPv4 as ::ffff:a.b.c.d */
    __u16 source_port, destination_port;
    __u16 l4_offset; /* 0: no TCP or UDP header here (another protocol, or a later fragment) */
    __u8 protocol;
    __u8 ipv6;
};

static __always_inline void map_ipv4(__u32 to[4], __u32 address)
{
    to[0] = to[1] = 0;
    to[2] = bpf_htonl(0xffff);
    to[3] = address;
}

static __always_inline bool parse_ports(struct __sk_buff *skb, struct packet *p, __u32 offset)
{
    __be16 ports[2];
    if (p->protocol != IPPROTO_TCP && p->protocol != IPPROTO_UDP)
        return true;
    if (bpf_skb_load_bytes(skb, offset, ports, sizeof ports))
        return false;
    p->source_port = bpf_ntohs(ports[0]);
    p->destination_port = bpf_ntohs(ports[1]);
    p->l4_offset = offset;
    return true;
}

static __always_inline bool parse_ipv4(struct __sk_buff *skb, struct packet *p)
{
    struct iphdr ip;
    if (bpf_skb_load_bytes(skb, ETH_HLEN, &ip, sizeof ip) || ip.version != 4 || ip.ihl < 5 ||
        ip.protocol == IPPROTO_IGMP)
        return false;
    p->protocol = ip.protocol;
    map_ipv4(p->source, ip.saddr);
    map_ipv4(p->destination, ip.daddr);
    if (ip.frag_off & bpf_htons(IPV4_FRAGMENT_OFFSET))
        return true;
    return parse_ports(skb, p, ETH_HLEN + ip.ihl * 4);
}

/*
 * Neighbour discovery keeps the link itself alive, as ARP does for IPv4. Multicast listener reports, like IGMP, are
 * sent by the kernel on its own: a fault that hit nothing else must not count them as a hit.
 */
static __always_inline bool is_link_control(struct __sk_buff *skb, __u32 offset)
{
    __u8 type;
    if (bpf_skb_load_bytes(skb, offset, &type, 1))
        return false;
    return (type >= 133 && type <= 137) || (type >= 130 && type <= 132) || type == 143;
}

static __always_inline bool parse_ipv6(struct __sk_buff *skb, struct packet *p)
{
    struct ipv6hdr ip;
    if (bpf_skb_load_bytes(skb, ETH_HLEN, &ip, sizeof ip) || ip.version != 6)
        return false;
    p->ipv6 = 1;
    p->protocol = ip.nexthdr;
    __builtin_memcpy(p->source, &ip.saddr, sizeof p->source);
    __builtin_memcpy(p->destination, &ip.daddr, sizeof p->destination);

    __u32 offset = ETH_HLEN + sizeof ip;
    for (int i = 0; i < MAX_EXTENSION_HEADERS; i++) {
        struct {
            __u8 next, length;
            __be16 fragment;
        } extension;
        if (p->protocol != IPPROTO_HOPOPTS && p->protocol != IPPROTO_ROUTING && p->protocol != IPPROTO_DSTOPTS &&
            p->protocol != IPPROTO_FRAGMENT)
            break;
        if (bpf_skb_load_bytes(skb, offset, &extension, sizeof extension))
            return false;
        bool fragment = p->protocol == IPPROTO_FRAGMENT;
        p->protocol = extension.next;
        if (fragment && (extension.fragment & bpf_htons(IPV6_FRAGMENT_OFFSET)))
            return true;
        offset += fragment ? 8 : (extension.length + 1) * 8;
    }
    if (p->protocol == IPPROTO_ICMPV6 && is_link_control(skb, offset))
        return false;
    return parse_ports(skb, p, offset);
}

/* False for what must never be touched: ARP, neighbour discovery, group membership, anything that is not plain IP. */
static __always_inline bool parse_packet(struct __sk_buff *skb, struct packet *p)
{
    if (skb->vlan_present)
        return false;
    if (skb->protocol == bpf_htons(ETH_P_IP))
        return parse_ipv4(skb, p);
    if (skb->protocol == bpf_htons(ETH_P_IPV6))
        return parse_ipv6(skb, p);
    return false;
}

#endif
