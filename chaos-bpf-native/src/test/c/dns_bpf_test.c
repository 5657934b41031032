// SPDX-License-Identifier: Apache-2.0
/* The DNS program on crafted packets: which it answers, with what, and that it leaves all others as they are. */
#include "dns_program.h"

static struct packet out;

static void passes(const struct packet *in)
{
    CHECK_EQUAL(run(in, &out), PASSED);
    CHECK_EQUAL(out.size, in->size);
    CHECK(!memcmp(out.bytes, in->bytes, in->size));
}

/* Answered with these flags and this many bytes after the question; returns where these are. */
static const uint8_t *answers(const struct packet *in, int flags, size_t tail)
{
    CHECK_EQUAL(run(in, &out), REDIRECTED);
    size_t question = in->udp + 8 + 12;
    size_t name = strlen((const char *)in->bytes + question) + 1;
    bool edns = in->bytes[in->udp + 8 + 11];
    const uint8_t *dns = out.bytes + in->udp + 8;
    check_headers(in, &out);
    CHECK_EQUAL(out.size, question + name + 4 + tail + (edns ? 11 : 0));
    CHECK_EQUAL(get16(dns), 0xbeef);
    CHECK_EQUAL(get16(dns + 2), 0x8180 | flags);
    CHECK_EQUAL(get16(dns + 4), 1);
    CHECK_EQUAL(get16(dns + 6), tail ? 1 : 0);
    CHECK_EQUAL(get16(dns + 8), 0);
    CHECK_EQUAL(get16(dns + 10), edns ? 1 : 0);
    CHECK(!memcmp(out.bytes + question, in->bytes + question, name + 4)); /* also the case of its letters */
    if (edns)
        CHECK(!memcmp(out.bytes + out.size - 11, "\0\0\x29\x04\xd0\0\0\0\0\0\0", 11));
    return out.bytes + question + name + 4;
}

/* All transports that an answer is built for. */
static void answers_everywhere(const char *name, uint16_t qtype, int flags, size_t tail)
{
    for (int options = 0; options <= (IPV6 | EDNS); options++) {
        struct packet in = query(name, qtype, options);
        answers(&in, flags, tail);
    }
}

static void answers_with_a_response_code(void)
{
    load("attach action=nxdomain patterns=shop.test");
    answers_everywhere("shop.test", QTYPE_A, 3, 0);
    load("attach action=servfail patterns=shop.test");
    answers_everywhere("shop.test", QTYPE_AAAA, 2, 0);
    load("attach action=refused patterns=shop.test");
    answers_everywhere("shop.test", QTYPE_TXT, 5, 0);
    CHECK_EQUAL(program->bss->answered, 4);
    CHECK_EQUAL(program->bss->control.hit, 4);
    load("attach action=nodata patterns=shop.test");
    answers_everywhere("shop.test", QTYPE_A, 0, 0);
    load("attach action=truncate patterns=shop.test");
    answers_everywhere("shop.test", QTYPE_A, 0x0200, 0);
}

static void spoofs_the_addresses_given(void)
{
    load("attach action=spoof patterns=shop.test ip=192.0.2.7,2001:db8::7 ttl=258");
    answers_everywhere("shop.test", QTYPE_A, 0, 16);
    answers_everywhere("shop.test", QTYPE_AAAA, 0, 28);
    answers_everywhere("shop.test", QTYPE_TXT, 0, 0);

    struct packet in = query("shop.test", QTYPE_A, EDNS);
    CHECK(!memcmp(answers(&in, 0, 16), "\xc0\x0c\0\1\0\1\0\0\1\2\0\4\xc0\0\2\7", 16));
    in = query("shop.test", QTYPE_AAAA, IPV6);
    CHECK(!memcmp(answers(&in, 0, 28), "\xc0\x0c\0\x1c\0\1\0\0\1\2\0\x10\x20\1\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\7", 28));
}

/* A signature, say: it is not answered with one, nor taken for EDNS. */
static void drops_additional_records_other_than_edns(void)
{
    load("attach action=refused patterns=shop.test");
    struct packet in = query("shop.test", QTYPE_A, EDNS);
    in.bytes[in.size - 12 - 9] = 250; /* TSIG in the place of OPT */
    CHECK_EQUAL(run(&in, &out), REDIRECTED);
    check_headers(&in, &out);
    CHECK_EQUAL(out.size, in.size - 23);
    CHECK_EQUAL(get16(out.bytes + out.udp + 8 + 10), 0);
}

static void spoofs_no_data_for_a_family_without_address(void)
{
    load("attach action=spoof patterns=shop.test ip=0.0.0.0");
    answers_everywhere("shop.test", QTYPE_A, 0, 16);
    answers_everywhere("shop.test", QTYPE_AAAA, 0, 0);
}

static void random_addresses_differ_and_repeat_with_the_seed(void)
{
    uint8_t first[8][4];
    struct packet in = query("shop.test", QTYPE_A, 0), in6 = query("shop.test", QTYPE_AAAA, 0);
    for (int round = 0; round < 3; round++) {
        load(round < 2 ? "attach action=random patterns=shop.test seed=7"
                       : "attach action=random patterns=shop.test seed=8");
        int same = 0;
        for (int i = 0; i < 8; i++) {
            const uint8_t *address = answers(&in, 0, 16) + 12;
            CHECK(address[0] == 198 && address[1] == 19);
            if (round == 0)
                memcpy(first[i], address, 4);
            same += !memcmp(first[i], address, 4);
        }
        CHECK_EQUAL(same, round < 2 ? 8 : 0);
    }
    CHECK(memcmp(first[0], first[1], 4));
    CHECK(!memcmp(answers(&in6, 0, 28) + 12, "\x20\1\x0d\xb8", 4));
}

static void drops_without_touching_the_packet(void)
{
    load("attach action=drop patterns=shop.test");
    struct packet in = query("shop.test", QTYPE_A, EDNS);
    CHECK_EQUAL(run(&in, &out), REDIRECTED);
    CHECK(out.size == in.size && !memcmp(out.bytes, in.bytes, in.size));
    CHECK_EQUAL(program->bss->dropped, 1);
    CHECK_EQUAL(program->bss->answered, 0);
    CHECK_EQUAL(program->bss->control.hit, 1);
    CHECK_EQUAL(program->bss->control.bytes, in.size);
}

static void holds_without_touching_the_packet(void)
{
    load("attach action=delay patterns=shop.test latency_us=1000");
    struct packet in = query("shop.test", QTYPE_A, EDNS), other = query("other.test", QTYPE_A, 0);
    CHECK_EQUAL(run(&in, &out), REDIRECTED);
    CHECK(out.size == in.size && !memcmp(out.bytes, in.bytes, in.size));
    passes(&other);
    CHECK_EQUAL(program->bss->control.hit, 1);
    CHECK_EQUAL(program->bss->full, 0);
}

/* The ring of these tests holds as many as that of a fault: its records are of 256 bytes and two headers. */
static void what_there_is_no_room_for_is_lost(void)
{
    const int room = DNS_HELD_SIZE / (256 + sizeof(struct delay_record) + 8);
    load("attach action=delay patterns=shop.test latency_us=1000");
    struct packet in = query("shop.test", QTYPE_A, 0);
    for (int i = 0; i < room + 5; i++)
        CHECK_EQUAL(run(&in, &out), REDIRECTED);
    CHECK_EQUAL(program->bss->control.matched, room + 5);
    CHECK_EQUAL(program->bss->control.hit + program->bss->full, room + 5);
    CHECK(program->bss->full >= 5 && program->bss->full < 10);
}

static void names_match_patterns_of_each_form(void)
{
    static const struct {
        const char *name;
        bool hit;
    } cases[] = {
        {"www.shop.test", true},
        {"wWw.sHOP.tEST", true},
        {"a.www.shop.test", false},
        {"shop.test", false},
        {"xwww.shop.test", false},
        {"test", false},
        {"www.shop.test.org", false},
        {"", false},
        {"a.pool.test", true},
        {"a.b.c.pool.test", true},
        {"pool.test", false},
        {"apool.test", false},
        {"A.POOL.test", true},
        {"pool.test.a", false},
        {"x", true},
        {"y.x", false},
        {"chaos-mesh.org", true},
        {"Chaos-mesh.a.test", true},
        {"chaos-mesh", false},
        {"x.chaos-mesh.org", false},
        {"github.Com", true},
        {"github.om", false},
        {"github.comm", false},
        {"a.lake.test", true},
        {"lake.test", false},
    };
    load("attach action=nxdomain patterns=www.shop.test,*.pool.test,x,chaos-mesh.*,github.?om,*.l?ke.test");
    int hits = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct packet in = query(cases[i].name, QTYPE_A, i % 4);
        if (cases[i].hit)
            answers(&in, 3, 0);
        else
            passes(&in);
        hits += cases[i].hit;
    }
    CHECK_EQUAL(program->bss->control.seen, sizeof cases / sizeof *cases);
    CHECK_EQUAL(program->bss->control.matched, hits);
    CHECK_EQUAL(program->bss->control.hit, hits);
}

static void a_type_filter_lets_other_types_pass(void)
{
    load("attach action=nxdomain patterns=shop.test types=AAAA,TXT");
    struct packet a = query("shop.test", QTYPE_A, 0), txt = query("shop.test", QTYPE_TXT, 0);
    passes(&a);
    answers(&txt, 3, 0);
    answers_everywhere("shop.test", QTYPE_AAAA, 3, 0);
}

static void one_of_64_patterns_is_found(void)
{
    char line[1024] = "attach action=nxdomain patterns=a.test";
    for (int i = 1; i < DNS_PATTERNS_MAX; i++)
        sprintf(line + strlen(line), ",n%d.?est", i);
    load(line);
    struct packet last = query("n63.test", QTYPE_A, 0), none = query("n64.test", QTYPE_A, 0);
    answers(&last, 3, 0);
    passes(&none);
}

/* Over 2,000 queries 30 % is 600 with a standard deviation of 20. */
static void answers_a_share_that_repeats_with_the_seed(void)
{
    enum { QUERIES = 2000 };
    static bool first[QUERIES];
    struct packet in = query("shop.test", QTYPE_A, 0);
    for (int round = 0; round < 3; round++) {
        load(round < 2 ? "attach action=nxdomain patterns=shop.test probability_ppm=300000 seed=7"
                       : "attach action=nxdomain patterns=shop.test probability_ppm=300000 seed=8");
        int hits = 0, same = 0;
        for (int i = 0; i < QUERIES; i++) {
            bool hit = run(&in, &out) == REDIRECTED;
            if (round == 0)
                first[i] = hit;
            hits += hit;
            same += hit == first[i];
        }
        CHECK(hits > 500 && hits < 700);
        CHECK(round < 2 ? same == QUERIES : same < QUERIES);
        CHECK_EQUAL(program->bss->control.matched, QUERIES);
        CHECK_EQUAL(program->bss->control.hit, hits);
    }
}

static void the_longest_name_is_answered(void)
{
    char name[260];
    for (int i = 0; i < 253; i++)
        name[i] = i % 64 == 63 ? '.' : 'n';
    name[253] = 0;
    load("attach action=spoof patterns=*.nnn,*.n ip=::1");
    struct packet in = query(name, QTYPE_AAAA, IPV6 | EDNS);
    passes(&in);
    char line[400];
    snprintf(line, sizeof line, "attach action=spoof patterns=%s ip=::1", name);
    load(line);
    answers(&in, 0, 28);
    name[100] = 'm';
    in = query(name, QTYPE_AAAA, IPV6 | EDNS);
    passes(&in);
}

static void an_answer_on_the_loopback_device_just_goes_out(void)
{
    load("attach action=refused patterns=shop.test");
    int eth0 = device;
    device = 1;
    struct packet in = query("shop.test", QTYPE_A, 0);
    CHECK_EQUAL(run(&in, &out), PASSED);
    check_headers(&in, &out);
    CHECK_EQUAL(program->bss->control.hit, 1);
    device = eth0;
}

int main(void)
{
    RUN(answers_with_a_response_code);
    RUN(spoofs_the_addresses_given);
    RUN(drops_additional_records_other_than_edns);
    RUN(spoofs_no_data_for_a_family_without_address);
    RUN(random_addresses_differ_and_repeat_with_the_seed);
    RUN(drops_without_touching_the_packet);
    RUN(holds_without_touching_the_packet);
    RUN(what_there_is_no_room_for_is_lost);
    RUN(names_match_patterns_of_each_form);
    RUN(a_type_filter_lets_other_types_pass);
    RUN(one_of_64_patterns_is_found);
    RUN(answers_a_share_that_repeats_with_the_seed);
    RUN(the_longest_name_is_answered);
    RUN(an_answer_on_the_loopback_device_just_goes_out);
    return check_summary();
}
