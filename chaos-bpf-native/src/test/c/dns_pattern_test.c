// SPDX-License-Identifier: Apache-2.0
/* Which patterns there are, and which names each means; the BPF program compares with the same function. */
#include "dns_pattern.h"

#include "check.h"

static struct dns_pattern pattern;

static void refuse(const char *text, const char *reason)
{
    const char *wrong = dns_pattern_read(text, &pattern);
    CHECK(wrong);
    CHECK_CONTAINS(wrong ? wrong : "accepted", reason);
}

static bool means(const char *text, const char *asked)
{
    struct dns_name name;
    CHECK(!dns_pattern_read(text, &pattern));
    CHECK(!dns_name_read(asked, &name));
    return dns_pattern_means(&pattern, &name);
}

static void an_exact_name_means_itself(void)
{
    CHECK(means("www.shop.test", "www.shop.test"));
    CHECK(means("WWW.Shop.Test.", "wWw.sHOP.tEST"));
    CHECK(!means("www.shop.test", "shop.test"));
    CHECK(!means("shop.test", "www.shop.test"));
    CHECK(!means("shop.test", "shop.tes"));
    CHECK(!means("shop.test", "shop.test.org"));
}

static void a_star_in_front_means_names_below(void)
{
    CHECK(means("*.shop.test", "a.shop.test"));
    CHECK(means("*.SHOP.test.", "a.b.shop.test"));
    CHECK(!means("*.shop.test", "shop.test"));
    CHECK(!means("*.shop.test", "ashop.test"));
    CHECK(!means("*.shop.test", "a.shop.test.org"));
}

static void a_star_at_the_end_means_names_that_begin_so(void)
{
    CHECK(means("chaos-mesh.*", "chaos-mesh.org"));
    CHECK(means("Chaos-Mesh.*", "chaos-mesh.dev.example.org"));
    CHECK(!means("chaos-mesh.*", "chaos-mesh"));
    CHECK(!means("chaos-mesh.*", "www.chaos-mesh.org"));
    CHECK(means("auth*", "auth"));
    CHECK(means("auth*", "auth-service.default.svc.cluster.local"));
    CHECK(!means("auth*", "aut"));
    CHECK(means("*", "any.name"));
}

static void a_question_mark_means_any_one_octet(void)
{
    CHECK(means("github.?om", "github.com"));
    CHECK(means("github.?om", "github.dom"));
    CHECK(!means("github.?om", "github.om"));
    CHECK(!means("github.?om", "github.ccom"));
    CHECK(means("a?b", "a.b"));
    CHECK(means("shop-?", "shop-1"));
    CHECK(!means("shop-?", "shop-"));
    CHECK(!means("shop-?", "shop-10"));
    CHECK(means("*.sh?p.test", "a.ship.test"));
    CHECK(!means("*.sh?p.test", "ship.test"));
    CHECK(means("sh?p*", "ship.test"));
    CHECK(!means("sh?p*", "shp.test"));
    CHECK(means("??", "ab"));
    CHECK(!means("??", "abc"));
}

static void only_a_whole_name_is_exact(void)
{
    char text[DNS_NAME_TEXT];
    CHECK(!dns_pattern_read("Shop.test.", &pattern));
    CHECK(dns_pattern_is_exact(&pattern));
    dns_name_text(pattern.text.octet, text);
    CHECK_TEXT(text, "shop.test");
    const char *wide[] = {"*.shop.test", "shop*", "sho?.test", "*"};
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) {
        CHECK(!dns_pattern_read(wide[i], &pattern));
        CHECK(!dns_pattern_is_exact(&pattern));
    }
}

/* The longest of each form, and one octet more, so that the sanitizer sees every edge. */
static void takes_what_a_name_may_hold(void)
{
    char text[300];
    for (int i = 0; i < 253; i++)
        text[i] = i % 64 == 63 ? '.' : '?';
    strcpy(text + 253, "*");
    CHECK(!dns_pattern_read(text, &pattern));
    CHECK_EQUAL(pattern.length, 253);
    memmove(text + 2, text, 253);
    memcpy(text, "*.", 2);
    text[255] = 0;
    CHECK(!dns_pattern_read(text, &pattern));
    CHECK_EQUAL(pattern.length, 254);
    strcpy(text + 255, "a");
    refuse(text, "longer than 253");
    memset(text, 'a', 64);
    strcpy(text + 64, "*");
    refuse(text, "longer than 63");
}

static void refuses_what_is_no_pattern(void)
{
    refuse("", "no name");
    refuse(".", "no name");
    refuse("*.", "no name");
    refuse("*..", "no name");
    refuse("a..b*", "label is empty");
    refuse(".a*", "label is empty");
    refuse("www.*.com", "whole first label");
    refuse("chaos-*.org", "the last character");
    refuse("*shop.test", "whole first label");
    refuse("**", "the last character");
    refuse("*.*", "two *");
    refuse("*.shop.*", "two *");
    refuse("*.*.org", "whole first label");
    refuse("a/b*", "may hold letters");
}

int main(void)
{
    RUN(an_exact_name_means_itself);
    RUN(a_star_in_front_means_names_below);
    RUN(a_star_at_the_end_means_names_that_begin_so);
    RUN(a_question_mark_means_any_one_octet);
    RUN(only_a_whole_name_is_exact);
    RUN(takes_what_a_name_may_hold);
    RUN(refuses_what_is_no_pattern);
    return check_summary();
}
