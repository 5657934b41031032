// SPDX-License-Identifier: Apache-2.0
/* What is read from DNS answers, which anybody may have written, and from a pod's resolv.conf. */
#include "dns_message.h"

#include <arpa/inet.h>
#include <stdlib.h>

#include "dns_lookup.h"
#include "dns_packet.h"
#include "dns_pattern.h"
#include "dns_tap.h"

static const char record_a[] = "\xc0\x0c\0\1\0\1\0\0\0\x3c\0\4\xc6\x12\0\7";
static const char record_aaaa[] = "\xc0\x0c\0\x1c\0\1\0\0\0\x3c\0\x10\xfd\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x07";
static const char record_cname[] = "\xc0\x0c\0\5\0\1\0\0\0\x3c\0\7\4real\xc0\x11";
#define SIZE(record) (sizeof record - 1)

static struct dns_message answer;

/* An answer to a question for the addresses of a name, still without records. */
static struct packet answer_for(const char *name, unsigned records)
{
    struct packet p = {0};
    append(&p, "\x12\x34\x81\x80\0\1\0\0\0\0\0\0", 12);
    p.bytes[7] = (uint8_t)records;
    append_name(&p, name);
    append16(&p, QTYPE_A);
    append16(&p, 1);
    return p;
}

static bool means(const char *pattern, const char *name)
{
    struct dns_pattern read;
    struct packet p = answer_for(name, 0);
    CHECK(!dns_pattern_read(pattern, &read));
    CHECK(dns_answer_read(p.bytes, p.size, &answer));
    return dns_pattern_means(&read, &answer.name);
}

static bool has(const char *text)
{
    uint32_t address[4];
    CHECK(address_parse(text, address));
    return address_set_has(&answer.addresses, address);
}

static void a_query_is_read_back(void)
{
    uint8_t query[DNS_QUERY_MAX];
    char text[DNS_NAME_TEXT];
    size_t size = dns_query_write(query, 0x1234, "Auth.Default.svc.cluster.local.", DNS_TYPE_AAAA);
    CHECK_EQUAL(size, 12 + 32 + 4);
    CHECK(!dns_answer_read(query, size, &answer)); /* it is no answer yet */
    query[2] |= 0x80;
    CHECK(dns_answer_read(query, size, &answer));
    CHECK_EQUAL(answer.id, 0x1234);
    CHECK_EQUAL(answer.qtype, DNS_TYPE_AAAA);
    dns_name_text(answer.name.text.octet, text);
    CHECK_TEXT(text, "auth.default.svc.cluster.local");
    CHECK_EQUAL(dns_query_write(query, 1, "*.test", DNS_TYPE_A), 0);
    CHECK_EQUAL(dns_query_write(query, 1, "a..b", DNS_TYPE_A), 0);
}

static void the_longest_name_fits_a_query(void)
{
    char name[254];
    uint8_t query[DNS_QUERY_MAX];
    memset(name, 'a', 253);
    for (int i = 63; i < 253; i += 64)
        name[i] = '.';
    name[253] = 0;
    CHECK_EQUAL(dns_query_write(query, 1, name, DNS_TYPE_A), 12 + 255 + 4);
}

static void all_addresses_are_taken_whatever_the_chain_of_names(void)
{
    struct packet p = answer_for("shop.test", 3);
    append(&p, record_cname, SIZE(record_cname));
    append(&p, record_a, SIZE(record_a));
    append(&p, record_aaaa, SIZE(record_aaaa));
    CHECK(dns_answer_read(p.bytes, p.size, &answer));
    CHECK_EQUAL(answer.addresses.count, 2);
    CHECK(has("198.18.0.7"));
    CHECK(has("fd00::7"));
    CHECK_EQUAL(answer.rcode, 0);
    p.bytes[3] = 0x83;
    CHECK(dns_answer_read(p.bytes, p.size, &answer));
    CHECK_EQUAL(answer.rcode, 3);
}

static void names_match_as_the_program_matches_them(void)
{
    CHECK(means("shop.test", "Shop.TEST"));
    CHECK(!means("shop.test", "a.shop.test"));
    CHECK(!means("shop.test", "hop.test"));
    CHECK(means("*.shop.test", "a.b.shop.test"));
    CHECK(!means("*.shop.test", "shop.test"));
    CHECK(!means("*.shop.test", "workshop.test"));
}

static void what_is_cut_off_ends_the_list(void)
{
    struct packet p = answer_for("shop.test", 2);
    append(&p, record_a, SIZE(record_a));
    append(&p, record_aaaa, SIZE(record_aaaa));
    for (size_t size = 0; size < p.size; size++) {
        uint8_t *exact = malloc(size ? size : 1); /* so that the sanitizer sees a read beyond it */
        memcpy(exact, p.bytes, size);
        bool read = dns_answer_read(exact, size, &answer);
        CHECK(read == (size >= 12 + 11 + 4));
        CHECK_EQUAL(answer.addresses.count, size >= p.size - SIZE(record_aaaa));
        free(exact);
    }
}

/* Whatever the bytes, nothing beyond them is read, and no more is taken than fits. Seeded, so repeatable. */
static void spoilt_answers_do_no_harm(void)
{
    srand(20261127);
    int read = 0;
    for (int i = 0; i < 50000; i++) {
        struct packet p = answer_for(i % 2 ? "shop.test" : "a.long.name.of.a.shop.test", 3);
        append(&p, record_cname, SIZE(record_cname));
        append(&p, record_a, SIZE(record_a));
        append(&p, record_aaaa, SIZE(record_aaaa));
        for (int spoilt = rand() % 6; spoilt > 0; spoilt--)
            p.bytes[(size_t)rand() % p.size] = (uint8_t)rand();
        uint8_t *exact = malloc(p.size);
        memcpy(exact, p.bytes, p.size);
        read += dns_answer_read(exact, p.size, &answer);
        CHECK(answer.addresses.count <= 3);
        free(exact);
    }
    CHECK(read > 10000 && read < 50000);
}

static void a_message_is_found_in_its_packet(void)
{
    size_t size = 0;
    uint8_t v4[] = {0x45, 0, 0, 30, 0, 0, 0,  0, 64, 17, 0,  0, 1, 1,   1,
                    1,    2, 2, 2,  2, 0, 53, 9, 9,  0,  10, 0, 0, 'h', 'i'};
    uint8_t v6[52] = {0x60, [6] = 17, [41] = 53, [45] = 12, [48] = 'h'};
    CHECK(dns_in_packet(v4, sizeof v4, &size) == v4 + 28);
    CHECK_EQUAL(size, 2);
    CHECK(dns_in_packet(v6, sizeof v6, &size) == v6 + 48);
    CHECK_EQUAL(size, 4);
    CHECK(!dns_in_packet(v4, sizeof v4 - 1, &size));
    CHECK(!dns_in_packet(v4, 0, &size));
    v4[0] = 0x4f; /* with more options than there is packet */
    CHECK(!dns_in_packet(v4, sizeof v4, &size));
    v4[0] = 0x41;
    CHECK(!dns_in_packet(v4, sizeof v4, &size));
    v6[45] = 7; /* less than its own header */
    CHECK(!dns_in_packet(v6, sizeof v6, &size));
}

static void servers_are_those_of_resolv_conf(void)
{
    struct dns_servers servers;
    uint32_t second[4];
    address_parse("fd00::53", second);
    dns_servers_read("# comment\nsearch a.test\nnameserver 10.43.0.10\nnameserver\tfd00::53\noptions ndots:5",
                     &servers);
    CHECK_EQUAL(servers.count, 2);
    CHECK(servers.address[0][3] == inet_addr("10.43.0.10"));
    CHECK(!memcmp(servers.address[1], second, sizeof second));
    dns_servers_read("nameserver nonsense\n;nameserver 1.1.1.1\n", &servers);
    CHECK_EQUAL(servers.count, 0);
    dns_servers_read("nameserver 1.1.1.1\nnameserver 1.1.1.2\nnameserver 1.1.1.3\nnameserver 1.1.1.4\n", &servers);
    CHECK_EQUAL(servers.count, DNS_SERVERS_MAX);
    dns_servers_read("", &servers);
    CHECK_EQUAL(servers.count, 0);
}

int main(void)
{
    RUN(a_query_is_read_back);
    RUN(the_longest_name_fits_a_query);
    RUN(all_addresses_are_taken_whatever_the_chain_of_names);
    RUN(names_match_as_the_program_matches_them);
    RUN(what_is_cut_off_ends_the_list);
    RUN(spoilt_answers_do_no_harm);
    RUN(a_message_is_found_in_its_packet);
    RUN(servers_are_those_of_resolv_conf);
    return check_summary();
}
