// SPDX-License-Identifier: Apache-2.0
/* Crafted Ethernet frames, and running a tc program on them by BPF_PROG_TEST_RUN. */
#ifndef FRAME_H
#define FRAME_H

#include <arpa/inet.h>
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <netinet/in.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

struct frame {
    unsigned char bytes[3072];
    uint32_t length;
    uint32_t mark;
};

static inline void frame_add(struct frame *f, const void *bytes, size_t size)
{
    memcpy(f->bytes + f->length, bytes, size);
    f->length += (uint32_t)size;
}

static inline struct frame frame_ethernet(uint16_t protocol)
{
    struct frame f = {.length = 12};
    uint16_t type = htons(protocol);
    frame_add(&f, &type, sizeof type);
    return f;
}

/* `options` is a number of 4-byte words, `fragment` an offset in units of 8 bytes. */
static inline void frame_add_ipv4(struct frame *f, const char *from, const char *to, uint8_t protocol, int options,
                                  int fragment)
{
    unsigned char ip[60] = {(unsigned char)(0x45 + options), [6] = (unsigned char)(fragment >> 8),
                            [7] = (unsigned char)fragment, [8] = 64, [9] = protocol};
    inet_pton(AF_INET, from, ip + 12);
    inet_pton(AF_INET, to, ip + 16);
    frame_add(f, ip, 20 + (size_t)options * 4);
}

static inline void frame_add_ipv6(struct frame *f, const char *from, const char *to, uint8_t next)
{
    unsigned char ip[40] = {0x60, [6] = next, [7] = 64};
    inet_pton(AF_INET6, from, ip + 8);
    inet_pton(AF_INET6, to, ip + 24);
    frame_add(f, ip, sizeof ip);
}

/* An IPv6 extension header of (length + 1) * 8 bytes; for a fragment header the second pair of bytes is the offset. */
static inline void frame_add_extension(struct frame *f, uint8_t next, uint8_t length, uint16_t fragment)
{
    unsigned char header[64] = {next, length, (unsigned char)(fragment >> 8), (unsigned char)fragment};
    frame_add(f, header, (length + 1) * 8u);
}

/* Ports, then zeros enough for a TCP or UDP header and some payload. */
static inline void frame_add_ports(struct frame *f, uint16_t from, uint16_t to, size_t payload)
{
    static const unsigned char zeros[1500];
    uint16_t ports[2] = {htons(from), htons(to)};
    frame_add(f, ports, sizeof ports);
    frame_add(f, zeros, 16 + payload);
}

static inline struct frame udp4(const char *to, uint16_t to_port)
{
    struct frame f = frame_ethernet(ETH_P_IP);
    frame_add_ipv4(&f, "198.18.0.1", to, IPPROTO_UDP, 0, 0);
    frame_add_ports(&f, 5000, to_port, 0);
    return f;
}

static inline struct frame tcp6(const char *to, uint16_t to_port)
{
    struct frame f = frame_ethernet(ETH_P_IPV6);
    frame_add_ipv6(&f, "fd00::1", to, IPPROTO_TCP);
    frame_add_ports(&f, 5000, to_port, 0);
    return f;
}

/* The program's return value, and the frame as it left it; -100 when the run itself failed. */
static inline int frame_run_to(const struct frame *f, int program, uint32_t gso_size, struct frame *to)
{
    struct __sk_buff context = {.mark = f->mark, .gso_size = gso_size, .gso_segs = gso_size ? 2 : 0}, left;
    union bpf_attr attributes;
    memset(&attributes, 0, sizeof attributes);
    attributes.test.prog_fd = (uint32_t)program;
    attributes.test.data_in = (uintptr_t)f->bytes;
    attributes.test.data_size_in = f->length;
    attributes.test.data_out = (uintptr_t)to->bytes;
    attributes.test.data_size_out = sizeof to->bytes;
    attributes.test.ctx_in = (uintptr_t)&context;
    attributes.test.ctx_size_in = sizeof context;
    attributes.test.ctx_out = (uintptr_t)&left;
    attributes.test.ctx_size_out = sizeof left;
    if (syscall(SYS_bpf, BPF_PROG_TEST_RUN, &attributes, sizeof attributes))
        return -100;
    to->length = attributes.test.data_size_out;
    to->mark = left.mark;
    return (int)attributes.test.retval;
}

static inline int frame_run(const struct frame *f, int program, uint32_t gso_size)
{
    struct frame unused;
    return frame_run_to(f, program, gso_size, &unused);
}

#endif
