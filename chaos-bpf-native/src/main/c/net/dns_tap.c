// SPDX-License-Identifier: Apache-2.0
#include "dns_tap.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <netinet/ip6.h>
#include <netinet/udp.h>
#include <sys/socket.h>
#include <unistd.h>

#define PORT 53
#define PACKET_MAX 4096
#define KEPT_BYTES (4 << 20)

#ifndef PACKET_IGNORE_OUTGOING
#define PACKET_IGNORE_OUTGOING 23
#endif

/* UDP from port 53, whole: IPv4 without fragments, IPv6 without extension headers. The packet begins with its IP
 * header. */
static struct sock_filter answers[] = {
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (unsigned)SKF_AD_OFF + SKF_AD_PROTOCOL),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ETH_P_IP, 0, 7),
    BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 9),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IPPROTO_UDP, 0, 11),
    BPF_STMT(BPF_LD | BPF_H | BPF_ABS, 6),
    BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, IP_OFFMASK | IP_MF, 9, 0),
    BPF_STMT(BPF_LDX | BPF_B | BPF_MSH, 0),
    BPF_STMT(BPF_LD | BPF_H | BPF_IND, 0),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, PORT, 5, 6),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ETH_P_IPV6, 0, 5),
    BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 6),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IPPROTO_UDP, 0, 3),
    BPF_STMT(BPF_LD | BPF_H | BPF_ABS, sizeof(struct ip6_hdr)),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, PORT, 0, 1),
    BPF_STMT(BPF_RET | BPF_K, PACKET_MAX),
    BPF_STMT(BPF_RET | BPF_K, 0),
};

static int set_up(int tap, int ifindex)
{
    const struct sock_fprog filter = {sizeof answers / sizeof *answers, answers};
    const int kept = KEPT_BYTES, yes = 1;
    const struct sockaddr_ll at = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = ifindex};
    setsockopt(tap, SOL_SOCKET, SO_RCVBUFFORCE, &kept, sizeof kept);
    setsockopt(tap, SOL_PACKET, PACKET_IGNORE_OUTGOING, &yes, sizeof yes);
    if (setsockopt(tap, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter))
        return -1;
    return bind(tap, (const struct sockaddr *)&at, sizeof at);
}

int dns_tap_open(int ifindex, struct failure *f)
{
    /* Bound to nothing before the filter is in place. */
    int tap = socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (tap < 0 || set_up(tap, ifindex)) {
        int rc = fail_errno(f, FAILED, "listening for DNS answers (AF_PACKET, CAP_NET_RAW)");
        if (tap >= 0)
            close(tap);
        return rc;
    }
    return tap;
}

static size_t udp_offset(const uint8_t *packet, size_t size)
{
    if (size >= sizeof(struct ip) && packet[0] >> 4 == 4 && packet[9] == IPPROTO_UDP)
        return (size_t)(packet[0] & 15) * 4;
    if (size >= sizeof(struct ip6_hdr) && packet[0] >> 4 == 6 && packet[6] == IPPROTO_UDP)
        return sizeof(struct ip6_hdr);
    return 0;
}

const uint8_t *dns_in_packet(const uint8_t *packet, size_t size, size_t *message_size)
{
    size_t at = size ? udp_offset(packet, size) : 0;
    if (at < sizeof(struct ip) || at + sizeof(struct udphdr) > size)
        return NULL;
    const uint8_t *udp = packet + at;
    size_t length = (size_t)(udp[4] << 8 | udp[5]); /* beyond it there may be padding */
    if ((udp[0] << 8 | udp[1]) != PORT || length < sizeof(struct udphdr) || at + length > size)
        return NULL;
    *message_size = length - sizeof(struct udphdr);
    return udp + sizeof(struct udphdr);
}

bool dns_tap_next(int tap, struct dns_message *answer)
{
    uint8_t packet[PACKET_MAX];
    for (;;) {
        ssize_t size = recv(tap, packet, sizeof packet, 0);
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0)
            return false;
        size_t message_size;
        const uint8_t *message = dns_in_packet(packet, (size_t)size, &message_size);
        if (message && dns_answer_read(message, message_size, answer))
            return true;
    }
}
