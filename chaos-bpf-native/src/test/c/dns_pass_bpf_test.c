// SPDX-License-Identifier: Apache-2.0
/* What the DNS program must leave alone: all that is no query, and everything when it is off or its owner is gone. */
#include "clock.h"
#include "dns_program.h"

static struct packet out;

static void passes(const struct packet *in)
{
    CHECK_EQUAL(run(in, &out), PASSED);
    CHECK(out.size == in->size && !memcmp(out.bytes, in->bytes, in->size));
}

static void answers(const struct packet *in)
{
    CHECK_EQUAL(run(in, &out), REDIRECTED);
    check_headers(in, &out);
}

/* A query that is answered, spoilt at one byte, is none. */
static void passes_with(size_t offset, uint8_t byte, int options)
{
    struct packet in = query("shop.test", QTYPE_A, options);
    answers(&in);
    in.bytes[offset] = byte;
    passes(&in);
}

static void what_is_no_query_passes(void)
{
    enum { UDP = 34, UDP6 = 54, DNS = UDP + 8, CLASS = DNS + 12 + 11 + 2 };
    load("attach action=nxdomain patterns=shop.test");
    passes_with(ETHERNET + 9, 132, 0); /* neither UDP nor TCP */
    passes_with(ETHERNET + 6, 132, IPV6);
    passes_with(UDP + 3, 54, 0); /* another port */
    passes_with(UDP6 + 3, 54, IPV6);
    passes_with(ETHERNET + 6, 0x20, 0);  /* a first fragment */
    passes_with(ETHERNET + 7, 1, 0);     /* a later one */
    passes_with(ETHERNET, 0x46, 0);      /* IP options */
    passes_with(ETHERNET, 0x65, 0);      /* says IPv6 itself, whatever the frame says */
    passes_with(ETHERNET, 0x05, 0);      /* no version there is */
    passes_with(ETHERNET, 0x40, IPV6);   /* says IPv4 itself */
    passes_with(ETHERNET + 6, 44, IPV6); /* a fragment header */
    passes_with(12, 0x81, 0);            /* neither IPv4 nor IPv6 */
    passes_with(DNS + 2, 0x81, 0);       /* a response */
    passes_with(DNS + 2, 0x29, 0);       /* opcode UPDATE */
    passes_with(DNS + 5, 0, 0);          /* no question */
    passes_with(DNS + 5, 2, 0);          /* two questions */
    passes_with(CLASS + 1, 3, 0);        /* class CH */
    passes_with(DNS + 12, 0xc0, 0);      /* a compressed name */
    passes_with(DNS + 12, 64, 0);        /* a label of 64 octets */
    passes_with(DNS + 12, 63, 0);        /* a label beyond the end */
    passes_with(UDP + 4, 0xff, 0);       /* a datagram longer than the packet */
    passes_with(UDP + 5, 8, 0);          /* an empty datagram */
}

/* Every truncation of a query: only those that still hold the whole question are answered. */
static void truncated_queries_pass(void)
{
    load("attach action=nxdomain patterns=shop.test");
    for (int options = 0; options <= (IPV6 | EDNS); options++) {
        struct packet whole = query("shop.test", QTYPE_A, options);
        size_t question_end = whole.udp + 8 + 12 + 11 + 4;
        for (size_t size = whole.udp; size < whole.size; size++) {
            struct packet in = whole;
            in.size = size;
            if (size >= in.udp + 8)
                set_lengths(&in);
            if (size < question_end)
                passes(&in);
            else
                CHECK_EQUAL(run(&in, &out), REDIRECTED);
        }
    }
}

/* Names that no pattern can be made for: too many octets, or no end. */
static void overlong_names_pass(void)
{
    load("attach action=nxdomain patterns=*.a,a");
    char name[400];
    for (int length = 250; length < 399; length += 2) {
        for (int i = 0; i < length; i++)
            name[i] = i % 2 ? '.' : 'a';
        name[length - 1] = 0; /* length - 1 characters, length + 1 octets */
        struct packet in = query(name, QTYPE_A, 0);
        if (length + 1 <= 255)
            answers(&in);
        else
            passes(&in);
    }
}

static void overlong_labels_pass(void)
{
    load("attach action=nxdomain patterns=*.a");
    char name[80];
    memset(name, 'b', sizeof name);
    strcpy(name + 63, ".a");
    struct packet in = query(name, QTYPE_A, 0);
    answers(&in);
    strcpy(name + 63, "b.a");
    in = query(name, QTYPE_A, 0);
    passes(&in);
}

/* Kept backwards, "x NUL shop" "test" begins as the exact name shop.test does. */
static void a_nul_does_not_end_a_name(void)
{
    load("attach action=nxdomain patterns=shop.test");
    struct packet in = query("x-shop.test", QTYPE_A, 0);
    in.bytes[in.udp + 8 + 12 + 2] = 0;
    passes(&in);
}

static void passes_everything_unless_on(void)
{
    load("attach action=nxdomain patterns=shop.test");
    struct packet in = query("shop.test", QTYPE_A, 0);
    program->bss->control.mode = CHAOS_PASS;
    passes(&in);
    program->bss->control.mode = CHAOS_LIFTED;
    passes(&in);
    CHECK_EQUAL(program->bss->control.seen, 0);
    CHECK(program->bss->control.first_clean_ns != 0);
}

static void an_expired_lease_lets_everything_pass(void)
{
    load("attach action=nxdomain patterns=shop.test");
    struct packet in = query("shop.test", QTYPE_A, 0);
    program->bss->control.lease_until_ns = clock_now_ns() - 1;
    passes(&in);
    CHECK_EQUAL(program->bss->control.expired, 1);
    CHECK_EQUAL(program->bss->control.hit, 0);
    program->bss->control.lease_until_ns = clock_now_ns() + 60000000000u;
    answers(&in);
}

static void notes_the_first_hit_and_the_first_clean_query(void)
{
    load("attach action=nxdomain patterns=shop.test");
    struct packet in = query("shop.test", QTYPE_A, 0), other = query("other.test", QTYPE_A, 0);
    passes(&other);
    CHECK(program->bss->control.first_hit_ns == 0);
    uint64_t before = clock_now_ns();
    answers(&in);
    uint64_t first = program->bss->control.first_hit_ns;
    CHECK(first >= before && first <= clock_now_ns());
    answers(&in);
    CHECK(program->bss->control.first_hit_ns == first);

    program->bss->control.mode = CHAOS_LIFTED;
    passes(&other);
    CHECK(program->bss->control.first_clean_ns == 0);
    passes(&in);
    CHECK(program->bss->control.first_clean_ns > first);
}

static void keeps_the_first_few_names_seen(void)
{
    load("attach action=nxdomain patterns=shop.test");
    for (int i = 0; i < DNS_SEEN_MAX + 8; i++) {
        char name[16];
        snprintf(name, sizeof name, "n%d.test", i);
        struct packet in = query(name, QTYPE_A, 0);
        passes(&in);
        passes(&in);
    }
    struct dns_seen name, *previous = NULL;
    int names = 0;
    while (!map_next_key(program->maps.names.map_fd, previous, &name)) {
        uint64_t count = 0;
        CHECK(!map_lookup(program->maps.names.map_fd, &name, &count));
        CHECK_EQUAL(count, 2);
        CHECK_EQUAL(name.qtype, QTYPE_A);
        CHECK(!memcmp(name.name, "tset.", 5));
        names++;
        previous = &name;
    }
    CHECK_EQUAL(names, DNS_SEEN_MAX);
    CHECK_EQUAL(program->bss->control.seen, 2 * (DNS_SEEN_MAX + 8));
}

/* Whatever the bytes: the packet is left as it is, or becomes an answer that a receiver takes. Seeded, so repeatable.
 */
static void spoilt_packets_pass_or_are_answered_well(void)
{
    load("attach action=spoof patterns=*.test,shop.test ip=192.0.2.7,2001:db8::7");
    srand(20261123);
    int answered = 0, passed = 0;
    for (int i = 0; i < 30000; i++) {
        struct packet in =
            query(i % 3 ? "shop.test" : "a.very.long.name.of.a.shop.test", i % 5 ? QTYPE_A : QTYPE_AAAA, i % 4);
        for (int spoilt = rand() % 4; spoilt >= 0; spoilt--)
            in.bytes[ETHERNET + (size_t)rand() % (in.size - ETHERNET)] ^= (uint8_t)(1 << rand() % 8);
        if (rand() % 8 == 0)
            in.size -= (size_t)rand() % 30;
        int result = run(&in, &out);
        if (result == PASSED) {
            CHECK(out.size == in.size && !memcmp(out.bytes, in.bytes, in.size));
            passed++;
        } else {
            CHECK_EQUAL(result, REDIRECTED);
            check_headers(&in, &out);
            answered++;
        }
    }
    printf("    %d answered, %d passed\n", answered, passed);
    CHECK(answered > 1000 && passed > 1000);
}

int main(void)
{
    RUN(what_is_no_query_passes);
    RUN(truncated_queries_pass);
    RUN(overlong_names_pass);
    RUN(overlong_labels_pass);
    RUN(a_nul_does_not_end_a_name);
    RUN(passes_everything_unless_on);
    RUN(an_expired_lease_lets_everything_pass);
    RUN(notes_the_first_hit_and_the_first_clean_query);
    RUN(keeps_the_first_few_names_seen);
    RUN(spoilt_packets_pass_or_are_answered_well);
    return check_summary();
}
