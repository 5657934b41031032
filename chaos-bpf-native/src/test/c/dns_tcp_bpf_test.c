// SPDX-License-Identifier: Apache-2.0
/* The DNS program on queries over TCP: what it resets, drops and lets pass, and what it takes for a query. */
#include "dns_program.h"

#define TCP_HEADER 20

static struct packet out;

/* A segment to port 53, still empty. */
static struct packet segment(int options)
{
    struct packet packet = query("a", QTYPE_A, options);
    packet.size = packet.udp;
    packet.bytes[ETHERNET + (options & IPV6 ? 6 : 9)] = 6;
    append(&packet, "\x9c\x40\0\x35\1\2\3\4\5\6\7\x08\x50\x18\1\0\0\0\0\0", TCP_HEADER);
    return packet;
}

static void set_size(struct packet *packet)
{
    bool ipv6 = packet->udp == ETHERNET + 40;
    put16(packet->bytes + ETHERNET + (ipv6 ? 4 : 2), (unsigned)(packet->size - (ipv6 ? packet->udp : ETHERNET)));
}

static void append_message(struct packet *packet, const char *name, uint16_t qtype)
{
    struct packet datagram = query(name, qtype, EDNS);
    size_t size = datagram.size - datagram.udp - 8;
    append16(packet, (unsigned)size);
    append(packet, datagram.bytes + datagram.udp + 8, size);
    set_size(packet);
}

static struct packet stream(const char *name, uint16_t qtype, int options)
{
    struct packet packet = segment(options);
    append_message(&packet, name, qtype);
    return packet;
}

static void passes(const struct packet *in)
{
    CHECK_EQUAL(run(in, &out), PASSED);
    CHECK(out.size == in->size && !memcmp(out.bytes, in->bytes, in->size));
}

/* What goes on to the server is a reset in the place of the query. */
static void resets(const struct packet *in)
{
    CHECK_EQUAL(run(in, &out), PASSED);
    CHECK_EQUAL(out.size, in->udp + TCP_HEADER);
    CHECK(!memcmp(out.bytes + out.udp, in->bytes + in->udp, 12)); /* ports and numbers are the query's */
    CHECK_EQUAL(out.bytes[out.udp + 13], 0x14);                   /* RST, ACK */
}

static void what_cannot_be_answered_is_reset(void)
{
    const char *actions[] = {"nxdomain", "servfail", "refused", "nodata", "random", "spoof ip=0.0.0.0"};
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        char line[128];
        snprintf(line, sizeof line, "attach patterns=shop.test action=%s", actions[i]);
        load(line);
        struct packet in = stream("sHop.test", QTYPE_A, 0), in6 = stream("shop.test", QTYPE_AAAA, IPV6);
        resets(&in);
        resets(&in6);
        struct packet other = stream("other.test", QTYPE_A, 0);
        passes(&other);
        CHECK_EQUAL(program->bss->resets, 2);
        CHECK_EQUAL(program->bss->hit_tcp, 2);
        CHECK_EQUAL(program->bss->hit_a, 1);
        CHECK_EQUAL(program->bss->hit_aaaa, 1);
        CHECK_EQUAL(program->bss->answered, 0);
        CHECK_EQUAL(program->bss->control.seen, 3);
        CHECK_EQUAL(program->bss->control.hit, 2);
    }
}

static void drops_it_where_that_is_asked_for(void)
{
    load("attach action=drop patterns=shop.test");
    struct packet in = stream("shop.test", QTYPE_A, 0);
    CHECK_EQUAL(run(&in, &out), REDIRECTED);
    CHECK(out.size == in.size && !memcmp(out.bytes, in.bytes, in.size));
    CHECK_EQUAL(program->bss->dropped, 1);
    CHECK_EQUAL(program->bss->hit_tcp, 1);
}

/* That they are asked for over TCP is what an answer that is cut off is for. */
static void passes_what_was_cut_off(void)
{
    load("attach action=truncate patterns=shop.test");
    struct packet in = stream("shop.test", QTYPE_A, 0);
    passes(&in);
    CHECK_EQUAL(program->bss->passed_tcp, 1);
    CHECK_EQUAL(program->bss->control.seen, 1);
    CHECK_EQUAL(program->bss->control.matched, 0);
}

/* As glibc writes A and AAAA. */
static void looks_at_two_messages_of_a_segment(void)
{
    load("attach action=nxdomain patterns=shop.test types=AAAA");
    struct packet in = stream("shop.test", QTYPE_A, 0);
    passes(&in);
    append_message(&in, "shop.test", QTYPE_AAAA);
    resets(&in);
    CHECK_EQUAL(program->bss->control.seen, 3);
    CHECK_EQUAL(program->bss->control.hit, 1);
}

static void what_is_no_query_passes(void)
{
    load("attach action=nxdomain patterns=shop.test");
    struct packet whole = stream("shop.test", QTYPE_A, 0), in = segment(0);
    passes(&in); /* an acknowledgement */
    in = whole;
    in.bytes[in.udp + 3] = 54; /* another port */
    passes(&in);
    in = whole;
    in.bytes[in.udp + TCP_HEADER + 1]++; /* says that it is longer than it is */
    passes(&in);
    in = whole;
    in.bytes[in.udp + 12] = 0x60; /* TCP options, which would begin where the length is */
    passes(&in);
    for (size_t size = whole.udp; size < whole.size; size++) {
        in = whole;
        in.size = size;
        set_size(&in);
        passes(&in);
    }
}

static void options_of_tcp_are_skipped(void)
{
    load("attach action=nxdomain patterns=shop.test");
    struct packet plain = stream("shop.test", QTYPE_A, 0), in = segment(0);
    in.bytes[in.udp + 12] = 0x80;
    append(&in, "\1\1\x08\x0a\0\0\0\1\0\0\0\2", 12);
    append(&in, plain.bytes + plain.udp + TCP_HEADER, plain.size - plain.udp - TCP_HEADER);
    set_size(&in);
    resets(&in);
}

int main(void)
{
    RUN(what_cannot_be_answered_is_reset);
    RUN(drops_it_where_that_is_asked_for);
    RUN(passes_what_was_cut_off);
    RUN(looks_at_two_messages_of_a_segment);
    RUN(what_is_no_query_passes);
    RUN(options_of_tcp_are_skipped);
    return check_summary();
}
