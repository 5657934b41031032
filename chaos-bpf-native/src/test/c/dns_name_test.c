// SPDX-License-Identifier: Apache-2.0
#include "dns_name.h"

#include "check.h"

static struct dns_name name;

static void refuse(const char *text, const char *reason)
{
    const char *wrong = dns_name_read(text, &name);
    CHECK(wrong);
    CHECK_CONTAINS(wrong ? wrong : "accepted", reason);
}

static void a_name_is_kept_backwards(void)
{
    CHECK(!dns_name_read("www.example.com", &name));
    CHECK_EQUAL(name.length, 15);
    CHECK(!memcmp(name.text.octet, "moc.elpmaxe.www", 16));
}

static void case_and_a_dot_at_the_end_make_no_difference(void)
{
    struct dns_name plain;
    CHECK(!dns_name_read("_grpc._tcp.auth-1.default", &plain));
    CHECK(!dns_name_read("_GRPC._tcp.Auth-1.DEFAULT.", &name));
    CHECK(!memcmp(&plain, &name, sizeof name));
}

/* Octets of each length up to the limit, so that the sanitizer sees every edge of the name. */
static void takes_names_and_labels_up_to_their_limits(void)
{
    char text[300];
    for (size_t length = 1; length <= 253; length++) {
        if (length % 64 == 0)
            continue; /* would end in a dot */
        for (size_t i = 0; i < length; i++)
            text[i] = i % 64 == 63 ? '.' : 'a';
        text[length] = 0;
        CHECK(!dns_name_read(text, &name));
        CHECK_EQUAL(name.length, length);
    }
    memset(text, 'a', sizeof text);
    text[63] = 0;
    CHECK(!dns_name_read(text, &name));
    text[63] = 'a';
    text[64] = 0;
    refuse(text, "longer than 63");
    for (int i = 0; i < 254; i++)
        text[i] = i % 2 ? '.' : 'a';
    text[253] = 'b';
    text[254] = 0;
    refuse(text, "longer than 253");
    text[253] = '.'; /* 253 characters and a dot at the end: this is not a name of 254 */
    text[252] = 'b';
    text[251] = '.';
    CHECK(!dns_name_read(text, &name));
}

static void refuses_what_is_no_name(void)
{
    refuse("", "no name");
    refuse(".", "no name");
    refuse("..", "label is empty");
    refuse(".com", "label is empty");
    refuse("a..b", "label is empty");
    refuse("a.b..", "label is empty");
    refuse("*.org", "*");
    refuse("a?b.org", "may hold letters");
    refuse("a b.org", "may hold letters");
    refuse("a/b", "may hold letters");
    refuse("b\xc3\xbc"
           "cher.de",
           "xn--");
}

static void writes_names_as_text(void)
{
    char text[DNS_NAME_TEXT];
    dns_name_text((const uint8_t *)"moc.elpmaxe.www", text);
    CHECK_TEXT(text, "www.example.com");
    dns_name_text((const uint8_t *)"", text);
    CHECK_TEXT(text, ".");
    dns_name_text((const uint8_t *)"b,:=/\n\xff%a", text);
    CHECK_TEXT(text, "a???????b");

    uint8_t longest[DNS_NAME_SIZE];
    memset(longest, 'x', sizeof longest);
    dns_name_text(longest, text);
    CHECK_EQUAL(strlen(text), 255);
}

static void knows_record_types_by_name_and_number(void)
{
    char text[16];
    CHECK_EQUAL(dns_qtype_parse("A"), 1);
    CHECK_EQUAL(dns_qtype_parse("aaaa"), 28);
    CHECK_EQUAL(dns_qtype_parse("HTTPS"), 65);
    CHECK_EQUAL(dns_qtype_parse("TYPE65535"), 65535);
    CHECK_EQUAL(dns_qtype_parse("type1"), 1);
    const char *wrong[] = {"", "B", "AAAAA", "TYPE", "TYPE0", "TYPE65536", "TYPE-1", "TYPE1x", "65"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        CHECK_EQUAL(dns_qtype_parse(wrong[i]), 0);
    dns_qtype_text(33, text);
    CHECK_TEXT(text, "SRV");
    dns_qtype_text(65535, text);
    CHECK_TEXT(text, "TYPE65535");
}

int main(void)
{
    RUN(a_name_is_kept_backwards);
    RUN(case_and_a_dot_at_the_end_make_no_difference);
    RUN(takes_names_and_labels_up_to_their_limits);
    RUN(refuses_what_is_no_name);
    RUN(writes_names_as_text);
    RUN(knows_record_types_by_name_and_number);
    return check_summary();
}
